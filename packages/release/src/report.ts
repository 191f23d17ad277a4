import { formatTable } from '@firstofficer/testing/table';
import { CHECKS } from './checks/index.ts';
import type { CheckedPackage } from './pack.ts';

/** A package of the report. */
export interface ReportedPackage extends CheckedPackage {
  /** The version before the release. */
  readonly oldVersion: string;
  /** The number of packages in its bill of materials. */
  readonly components: number;
  /** The text about this version in its changelog, or an empty string. */
  readonly notes: string;
}

/** Formats a table of packages and the problems below it. */
export function formatPackages(packages: readonly ReportedPackage[]): string {
  const rows = packages.map((pkg) => [
    pkg.manifest.name,
    pkg.oldVersion,
    pkg.oldVersion === pkg.manifest.version ? '=' : pkg.manifest.version,
    formatSize(pkg.packedSize),
    formatSize(pkg.unpackedSize),
    String(pkg.files.length),
    String(pkg.components),
    formatChecks(pkg),
  ]);
  const header = ['Package', 'Old', 'New', 'Packed', 'Unpacked', 'Files', 'SBOM', 'Checks'];
  const problems = packages.filter(({ problems }) => problems.length > 0).map(formatProblems);
  return [formatTable([header, ...rows]), ...problems].join('\n\n');
}

function formatChecks({ problems }: CheckedPackage): string {
  const failed = new Set(problems.map(({ check }) => check));
  const total = Object.keys(CHECKS).length;
  return `${failed.size === 0 ? '✓' : '✗'} ${total - failed.size} of ${total}`;
}

function formatProblems({ manifest, problems }: CheckedPackage): string {
  return [`✗ ${manifest.name}`, ...problems.map(({ check, text }) => `  ${check}: ${text}`)].join('\n');
}

/** Formats a size as kB with three digits, such as 4.32 kB or 120 kB. */
function formatSize(bytes: number): string {
  return `${Number((bytes / 1000).toPrecision(3))} kB`;
}

/** Formats the texts about this release in the changelogs. */
export function formatNotes(packages: readonly ReportedPackage[]): string {
  return packages
    .filter(({ notes }) => notes !== '')
    .map(({ manifest: { name, version }, notes }) => `${name} ${version}\n${notes.replace(/^(?=.)/gm, '  ')}`)
    .join('\n\n');
}
