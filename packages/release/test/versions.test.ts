import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readEntry } from '../src/notes.ts';
import { readInfoVersion, writeInfoVersion } from '../src/spec-version.ts';
import { listChangesets, releaseDescription } from '../src/versions.ts';
import { createTemporaryFolder } from './packed-fixture.ts';

const DESCRIPTION = `openapi: 3.1.1
info:
  title: Notes
  # The version of the description.
  version: 2.2.1 # not of the API
paths: {}
`;

async function createSpec(packageVersion: string): Promise<string> {
  const folder = await createTemporaryFolder();
  await writeFile(join(folder, 'openapi.yaml'), DESCRIPTION);
  await writeFile(join(folder, 'package.json'), JSON.stringify({ version: packageVersion }));
  return folder;
}

test('the description gets the version of its package, and is stored as the released one', async () => {
  const folder = await createSpec('2.3.0');

  await releaseDescription(folder);

  const expected = DESCRIPTION.replace('2.2.1', '2.3.0');
  expect(await readFile(join(folder, 'openapi.yaml'), 'utf8')).toBe(expected);
  expect(await readFile(join(folder, 'released.yaml'), 'utf8')).toBe(expected);
});

test('a description with a higher version than its package is an error that says what to do', async () => {
  const folder = await createSpec('2.2.0');

  await expect(releaseDescription(folder)).rejects.toThrow(
    'info.version of spec/openapi.yaml is 2.2.1, but the changesets give @firstofficer/spec only 2.2.0. ' +
      'Add a changeset for @firstofficer/spec with a larger step, or lower info.version.',
  );
});

test('a version in quotes, and a number, are read and replaced', () => {
  expect(writeInfoVersion('info: {version: "1.0"}', '1.1.0')).toBe('info: {version: 1.1.0}');
  expect(readInfoVersion('info: {version: 2.0.0}')).toBe('2.0.0');
  expect(() => readInfoVersion('info: {}')).toThrow('has no info.version');
});

test('the README is no changeset', async () => {
  const root = await createTemporaryFolder();
  await mkdir(join(root, '.changeset'));
  for (const file of ['README.md', 'config.json', 'red-cats-sing.md'])
    await writeFile(join(root, '.changeset', file), '');

  expect(await listChangesets(root)).toEqual(['red-cats-sing.md']);
});

test('the entry of a version ends before the next one', () => {
  const changelog = '# mock\n\n## 0.10.0\n\n### Minor Changes\n\n- New.\n\n## 0.1.0\n\n- First.\n';

  expect(readEntry(changelog, '0.10.0')).toBe('### Minor Changes\n\n- New.');
  expect(readEntry(changelog, '0.1.0')).toBe('- First.');
  expect(readEntry(changelog, '0.2.0')).toBe('');
});
