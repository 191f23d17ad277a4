import satisfies from 'spdx-satisfies';
import type { LicensePolicy } from './policy.ts';

/** The output of `pnpm licenses list --json`: packages by licence. */
export type LicenseListing = Readonly<
  Record<string, readonly { readonly name: string; readonly versions: readonly string[] }[]>
>;

/** A package whose licence is not allowed. */
export interface ForbiddenPackage {
  /** The package with its versions, such as `left-pad 1.3.0`. */
  readonly name: string;
  /** The licence as pnpm reports it. `Unknown` if the package names none. */
  readonly license: string;
}

/** Returns the packages whose licence a policy does not allow, in order of their names. */
export function findForbiddenLicenses(listing: LicenseListing, policy: LicensePolicy): ForbiddenPackage[] {
  return Object.entries(listing)
    .filter(([license]) => !isAllowed(license, policy.allowed))
    .flatMap(([license, packages]) =>
      packages
        .filter(({ name }) => !Object.hasOwn(policy.exceptions, name))
        .map(({ name, versions }) => ({ name: `${name} ${versions.join(', ')}`, license })),
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function isAllowed(license: string, allowed: readonly string[]): boolean {
  try {
    return satisfies(license, [...allowed]);
  } catch {
    // Not an SPDX expression, such as "Unknown", "UNLICENSED" or "SEE LICENSE IN LICENSE.txt".
    return false;
  }
}
