import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findMode, reportMode } from '../src/plan.ts';
import { createTemporaryFolder } from '../test/packed-fixture.ts';
import { startRegistry } from './registry.ts';

async function createWorkspace(): Promise<string> {
  const root = await createTemporaryFolder();
  const files = {
    'package.json': { name: 'root', private: true },
    'a/package.json': { name: '@firstofficer/a', version: '1.0.0' },
    'b/package.json': { name: '@firstofficer/b', version: '2.0.0', private: true },
  };
  for (const folder of ['a', 'b', '.changeset']) await mkdir(join(root, folder));
  for (const [file, manifest] of Object.entries(files)) await writeFile(join(root, file), JSON.stringify(manifest));
  await writeFile(join(root, 'pnpm-workspace.yaml'), 'packages: [a, b]\n');
  return root;
}

test('changesets are applied before anything is published', async () => {
  const { env } = await startRegistry();
  const root = await createWorkspace();
  const changeset = join(root, '.changeset/red-cats-sing.md');
  await writeFile(changeset, '');

  expect(await findMode(root, env)).toBe('version');
  await rm(changeset);
  expect(await findMode(root, env)).toBe('publish');
});

test('nothing is to be done if the registry has every version that is not private', async () => {
  const { env } = await startRegistry({ existing: ['@firstofficer/a@1.0.0'] });

  expect(await findMode(await createWorkspace(), env)).toBe('none');
});

test('the next jobs of the workflow get the mode', async () => {
  const file = join(await createTemporaryFolder(), 'output');

  await reportMode('publish', { GITHUB_OUTPUT: file });

  expect(await readFile(file, 'utf8')).toBe('mode=publish\n');
});
