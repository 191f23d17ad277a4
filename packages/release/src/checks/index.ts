import type { PackedPackage } from '../tarball.ts';
import type { Check, CheckContext } from './check.ts';
import { checkContents } from './contents.ts';
import { checkDependencies } from './dependencies.ts';
import { checkEntries } from './entries.ts';
import { checkLicense } from './license.ts';
import { checkManifest } from './manifest.ts';
import { checkWithPublint } from './publint.ts';
import { checkSize } from './size.ts';
import { checkSourceMaps } from './source-maps.ts';
import { checkTypes } from './types.ts';

/** All checks of a packed package, by the name that the report prints. */
export const CHECKS = {
  publint: checkWithPublint,
  types: checkTypes,
  size: checkSize,
  contents: checkContents,
  'source maps': checkSourceMaps,
  licence: checkLicense,
  manifest: checkManifest,
  dependencies: checkDependencies,
  entries: checkEntries,
} as const satisfies Readonly<Record<string, Check>>;

/** A problem of a package. */
export interface Problem {
  /** The name of the check. */
  readonly check: string;
  /** A sentence. */
  readonly text: string;
}

/** Runs all checks on a packed package and returns the problems. */
export async function checkPackedPackage(pkg: PackedPackage, context: CheckContext): Promise<Problem[]> {
  const results = await Promise.all(
    Object.entries<Check>(CHECKS).map(async ([check, run]) =>
      (await run(pkg, context)).map((text) => ({ check, text })),
    ),
  );
  return results.flat();
}
