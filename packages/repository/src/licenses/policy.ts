/** Which licences the dependencies of a group may have. */
export interface LicensePolicy {
  /** SPDX identifiers. An expression such as `MIT OR GPL-3.0-only` is allowed if one choice is. */
  readonly allowed: readonly string[];
  /** Packages that are allowed although their licence is not, by name. The value is the reason. */
  readonly exceptions: Readonly<Record<string, string>>;
}

// These licences only ask users to keep the notice. They allow use in products of any licence.
const PERMISSIVE = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'PSF-2.0',
  'Python-2.0',
  'Unlicense',
  'Zlib',
];

/** The policy for what users install: the production dependencies of published packages. */
export const PRODUCTION: LicensePolicy = { allowed: PERMISSIVE, exceptions: {} };

/** The policy for all dependencies, most of which are tools that only run in this repository. */
export const ALL: LicensePolicy = {
  allowed: [
    ...PERMISSIVE,
    // Data, such as the list of SPDX licences. Asks to name the author.
    'CC-BY-3.0',
    'CC-BY-4.0',
    // Asks for the source of changed files. The tools are used unchanged.
    'MPL-2.0',
  ],
  exceptions: {},
};
