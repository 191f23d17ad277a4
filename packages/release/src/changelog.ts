// Changesets calls these functions for each entry of a CHANGELOG.md. Its own functions add commit hashes, which say
// nothing to someone who installs a package.

/** A changeset, with the members that the changelog needs. */
interface Changeset {
  readonly summary: string;
}

/** A package whose new version another package uses. */
interface Dependency {
  readonly name: string;
  readonly newVersion: string;
}

/**
 * Returns the entry of a changeset: its text as an item of a list.
 *
 * @example
 * getReleaseLine({ summary: 'Added `--latency`.' }); // '- Added `--latency`.'
 */
function getReleaseLine({ summary }: Changeset): string {
  const lines = summary.trim().split('\n');
  return lines.map((line, index) => (index === 0 ? `- ${line}` : `  ${line}`).trimEnd()).join('\n');
}

/**
 * Returns the entry about other packages of this repository that a package uses, or an empty string if there are none.
 *
 * @example
 * getDependencyReleaseLine([], [{ name: '@firstofficer/spec', newVersion: '2.3.0' }]); // '- Uses `@firstofficer/spec` 2.3.0.'
 */
function getDependencyReleaseLine(_changesets: readonly Changeset[], dependencies: readonly Dependency[]): string {
  if (dependencies.length === 0) return '';
  return `- Uses ${dependencies.map(({ name, newVersion }) => `\`${name}\` ${newVersion}`).join(', ')}.`;
}

export default { getReleaseLine, getDependencyReleaseLine };
