import { expect, test } from 'vitest';
import type { Problem } from '../src/checks/index.ts';
import { formatNotes, formatPackages, type ReportedPackage } from '../src/report.ts';

function createPackage(name: string, oldVersion: string, problems: readonly Problem[] = []): ReportedPackage {
  return {
    manifest: { name, version: '0.2.0' },
    source: { name, version: '0.2.0', folder: name },
    oldVersion,
    tarball: `${name}.tgz`,
    folder: name,
    files: [{ path: 'package.json', size: 3, isExecutable: false }],
    packedSize: 12_345,
    unpackedSize: 1_234_567,
    components: 7,
    notes: name === 'mock' ? '- New option.\n\n  It delays.' : '',
    problems,
  };
}

const FAULTY = createPackage('openapi', '0.2.0', [
  { check: 'contents', text: 'LICENSE is missing.' },
  { check: 'contents', text: 'README.md is missing.' },
  { check: 'size', text: 'The tarball has 99 kB.' },
]);

test('the table has a row for each package, and each problem is below it', () => {
  expect(formatPackages([createPackage('mock', '0.1.0'), FAULTY])).toBe(
    `  Package    Old    New   Packed  Unpacked  Files  SBOM    Checks
  mock     0.1.0  0.2.0  12.3 kB   1230 kB      1     7  ✓ 9 of 9
  openapi  0.2.0      =  12.3 kB   1230 kB      1     7  ✗ 7 of 9

✗ openapi
  contents: LICENSE is missing.
  contents: README.md is missing.
  size: The tarball has 99 kB.`,
  );
});

test('only packages with changes have notes', () => {
  expect(formatNotes([createPackage('mock', '0.1.0'), FAULTY])).toBe('mock 0.2.0\n  - New option.\n\n    It delays.');
});
