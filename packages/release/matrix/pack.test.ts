import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packPackages } from '../src/pack.ts';
import { createTemporaryFolder } from '../test/packed-fixture.ts';

/** Packs a workspace with one package, which contains only its manifest. */
async function packWorkspace(name: string) {
  const root = await createTemporaryFolder();
  await mkdir(join(root, 'a'));
  await writeFile(join(root, 'LICENSE'), 'MIT License\n');
  await writeFile(join(root, 'pnpm-workspace.yaml'), 'packages: [a]\n');
  await writeFile(join(root, 'package.json'), '{"name":"root","private":true}');
  await writeFile(join(root, 'a/package.json'), JSON.stringify({ name, version: '1.0.0' }));
  const source = { name, version: '1.0.0', folder: 'a' };
  return packPackages([source], { root, out: join(root, 'out') });
}

test('the problems of a package that is not built are reported', async () => {
  const [pkg] = await packWorkspace('@firstofficer/spec');

  expect(pkg?.problems.map(({ text }) => text)).toEqual(
    expect.arrayContaining([
      'README.md is missing.',
      'No file matches dist/openapi.json. Was the package built?',
      'license in package.json is not "MIT", the licence of the repository.',
    ]),
  );
});

test('a package that is published for the first time needs a row with what it may contain', async () => {
  await expect(packWorkspace('@firstofficer/new')).rejects.toThrow(
    '@firstofficer/new is published, but packages/release/src/expectations.ts does not say what it may contain.',
  );
});
