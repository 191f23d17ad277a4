import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findUnsafeSettings } from '../src/settings.ts';
import { findInexactCatalogEntries, findInexactDependencies } from '../src/versions.ts';
import { listPackages, listWorkspaces, ROOT, readManifest } from '../src/workspaces.ts';

const readWorkspace = (folder: string) => readFileSync(join(ROOT, folder, 'pnpm-workspace.yaml'), 'utf8');

test('the checks see the main workspace, those on demand and all packages', () => {
  expect(listWorkspaces()).toEqual(
    expect.arrayContaining(['.', 'packages/bench', 'packages/browser/chromium', 'packages/consumers/toolchains']),
  );
  expect(listPackages()).toEqual(
    expect.arrayContaining(['.', 'apps/api', 'packages/bench', 'packages/browser/chromium', 'packages/client', 'spec']),
  );
});

test.for(listPackages())('%s gets all versions from its catalog or the workspace', (folder) => {
  expect(findInexactDependencies(readManifest(folder))).toEqual([]);
});

test.for(listWorkspaces())('the catalog of %s has exact versions', (folder) => {
  expect(findInexactCatalogEntries(readWorkspace(folder))).toEqual([]);
});

test.for(listWorkspaces())('the settings of %s protect installations', (folder) => {
  expect(findUnsafeSettings(readWorkspace(folder))).toEqual([]);
});

test.for([
  '^1.2.3',
  '~1.2.3',
  '1.x',
  '*',
  'latest',
  '1.2',
  '',
  'github:owner/name',
  'https://example.com/a.tgz',
  '1.2.3',
])('finds the version "%s" in package.json', (version) => {
  for (const group of ['dependencies', 'devDependencies', 'optionalDependencies']) {
    expect(findInexactDependencies({ name: 'a', [group]: { b: version } })).toHaveLength(1);
  }
});

test.for([
  '^1.2.3',
  '>=1.2.3',
  '1.2',
  'latest',
  'npm:other@^1.0.0',
  'npm:other',
  '1.2.3 || 2.0.0',
  'github:owner/name',
])('finds the version "%s" in a catalog', (version) => {
  expect(findInexactCatalogEntries(`catalog:\n  a: "${version}"`)).toHaveLength(1);
  expect(findInexactCatalogEntries(`catalogs:\n  old:\n    a: "${version}"`)).toHaveLength(1);
});

test.for(['1.2.3', '1.2.3-beta.17', 'npm:other@1.2.3', 'npm:@scope/other@1.2.3'])('accepts "%s"', (version) => {
  expect(findInexactCatalogEntries(`catalog:\n  a: ${version}`)).toEqual([]);
});

const SAFE = 'minimumReleaseAge: 4320\nstrictDepBuilds: true\nblockExoticSubdeps: true\nsavePrefix: ""\n';

test('accepts settings that protect installations, and exceptions with a reason', () => {
  expect(findUnsafeSettings(SAFE)).toEqual([]);
  expect(
    findUnsafeSettings(`${SAFE}minimumReleaseAgeExclude:\n  # Mends CVE-1.\n  - a@1.0.0\n  - b@1.0.0 # Mends CVE-2.\n`),
  ).toEqual([]);
});

test.for([
  ['minimumReleaseAge', SAFE.replace('4320', '1440')],
  ['minimumReleaseAge', SAFE.replace(/minimumReleaseAge: .*\n/, '')],
  ['strictDepBuilds', SAFE.replace('strictDepBuilds: true', 'strictDepBuilds: false')],
  ['strictDepBuilds', SAFE.replace('strictDepBuilds: true', '')],
  ['blockExoticSubdeps', SAFE.replace('blockExoticSubdeps: true', 'blockExoticSubdeps: false')],
  ['savePrefix', SAFE.replace('""', '^')],
  ['dangerouslyAllowAllBuilds', `${SAFE}dangerouslyAllowAllBuilds: true`],
  ['trustLockfile', `${SAFE}trustLockfile: true`],
  ['minimumReleaseAgeExclude', `${SAFE}minimumReleaseAgeExclude:\n  - a@1.0.0`],
] as const)('finds an unsafe %s', ([name, text]) => {
  expect(findUnsafeSettings(text)).toEqual([expect.stringContaining(name)]);
});
