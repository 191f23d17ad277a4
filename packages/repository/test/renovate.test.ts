import { readFileSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { listWorkspaces, ROOT } from '../src/workspaces.ts';

interface Rule {
  readonly groupName?: string;
  readonly matchPackageNames?: readonly string[];
  readonly automerge?: boolean;
}
interface Renovate {
  readonly minimumReleaseAge: string;
  readonly automerge: boolean;
  readonly packageRules: readonly Rule[];
  readonly customManagers: readonly { readonly matchStrings: readonly string[] }[];
}

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const renovate: Renovate = JSON.parse(read('.github/renovate.json'));
const workspaces = listWorkspaces().map((folder) => parse(read(join(folder, 'pnpm-workspace.yaml'))));

const packages = [
  'pnpm',
  'postgres',
  ...workspaces.flatMap(({ catalog = {}, catalogs = {} }) =>
    [catalog, ...Object.values(catalogs)].flatMap((c) => Object.keys(c as object)),
  ),
];

test('Renovate waits as long for a release as pnpm does', () => {
  const minutes = Number.parseInt(renovate.minimumReleaseAge, 10) * 24 * 60;
  for (const workspace of workspaces) expect(minutes).toBeGreaterThanOrEqual(workspace.minimumReleaseAge);
});

test('Renovate merges nothing itself', () => {
  expect([renovate, ...renovate.packageRules].filter(({ automerge }) => automerge)).toEqual([]);
});

test('every group names packages that exist', () => {
  const patterns = renovate.packageRules.flatMap(({ matchPackageNames = [] }) => matchPackageNames);
  const unknown = patterns
    .map((pattern) => pattern.replace('!', ''))
    .filter((pattern) => !packages.some((name) => matchesGlob(name, pattern)));
  expect(unknown).toEqual([]);
});

test('Renovate finds the pnpm of CI and the Node of pnpm', () => {
  const [pnpm = '', node = ''] = renovate.customManagers.flatMap(({ matchStrings }) => matchStrings);
  expect(new RegExp(pnpm).exec(read('.ci/run'))?.groups).toMatchObject({ depName: 'pnpm' });
  const version = new RegExp(node).exec(read('pnpm-workspace.yaml'))?.groups?.currentValue;
  expect(version).toBe(workspaces[listWorkspaces().indexOf('.')].catalog.node);
});
