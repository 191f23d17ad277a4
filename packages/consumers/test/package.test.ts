import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { expect, inject, test } from 'vitest';
import { expectCommandWorks } from '../src/command.ts';
import { getTarballPath } from '../src/consumer.ts';
import { expectAllPassed, runOnConsole } from '../src/runtime.ts';

const ROOT = '/node_modules/@firstofficer/client/';
const bytes = new Uint8Array(await readFile(getTarballPath(inject('consumer'))));
const installed = join(inject('consumer'), 'node_modules/@firstofficer/client');
const manifest: Record<string, unknown> = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'));

test('publint finds no problems', async () => {
  const { messages } = await publint({ strict: true, pack: { tarball: bytes.buffer } });

  expect(messages).toEqual([]);
});

test('every kind of module resolution finds each entry point with correct types', async () => {
  const analysis = await checkPackage(createPackageFromTarballData(bytes));

  expect(analysis).toMatchObject({ types: { kind: 'included' }, problems: [] });
  expect(analysis).toHaveProperty('entrypoints', {
    '.': expect.anything(),
    './retrieve-many': expect.anything(),
    './types': expect.anything(),
    './undici': expect.anything(),
    './validate': expect.anything(),
    './package.json': expect.anything(),
  });
});

test('the package contains only its build, license, README and manifest', () => {
  const withExtensions = (name: string, extensions: string[]) => extensions.map((end) => `dist/${name}.${end}`);
  const declarations = ['d.cts', 'd.mts'];
  const built = ['index', 'retrieve-many', 'undici', 'validate'].flatMap((entry) =>
    withExtensions(entry, ['cjs', 'cjs.map', 'mjs', 'mjs.map', ...declarations]),
  );
  // The entry point for types contains no code, so it has no source map.
  const types = withExtensions('types', ['cjs', 'mjs', ...declarations]);
  // Code and types that several entry points share.
  const shared = [
    ...withExtensions('run', ['cjs', 'cjs.map', 'mjs', 'mjs.map']),
    ...['client', 'openapi', 'options'].flatMap((name) => withExtensions(name, declarations)),
  ];
  // The command contains the packages that it needs.
  const command = ['bin/firstofficer.js', 'dist/cli.mjs', 'dist/start-command.mjs'];
  const files = createPackageFromTarballData(bytes)
    .listFiles()
    .map((file) => file.replace(ROOT, ''))
    // The first release writes it.
    .filter((file) => file !== 'CHANGELOG.md');

  expect(files.toSorted()).toEqual(
    [...built, ...types, ...shared, ...command, 'LICENSE', 'README.md', 'package.json'].toSorted(),
  );
});

test.each(['types.cjs', 'types.mjs'])('%s, an entry point for types only, contains no code', async (file) => {
  expect(await readFile(join(installed, 'dist', file), 'utf8')).toBe('');
});

test('the manifest contains nothing that works only in the workspace', () => {
  expect(JSON.stringify(manifest)).not.toMatch(/workspace:|catalog:/);
  expect(JSON.stringify(manifest.exports)).not.toMatch(/@firstofficer\/source|\/src\//);
});

test('the command adds no dependency, and the library contains none of it', async () => {
  expect(Object.keys(manifest.dependencies ?? {})).toEqual(['openapi-fetch', 'openapi-typescript-helpers']);
  for (const file of ['index.mjs', 'index.cjs', 'retrieve-many.mjs', 'validate.mjs']) {
    expect(await readFile(join(installed, 'dist', file), 'utf8')).not.toMatch(/commander|cli\.mjs|node:/);
  }
});

test('the package has no install scripts', () => {
  expect(manifest).not.toHaveProperty('scripts');
});

test('the command works in the Node of the workspace', ({ signal }) =>
  expectCommandWorks({ path: process.execPath, signal }));

test.for(['mjs', 'cjs'] as const)(
  'the client works in the Node of the workspace as .%s',
  async (extension, { signal }) => {
    expectAllPassed(await runOnConsole({ path: process.execPath, extension, signal }));
  },
);

test.for(['mjs', 'cjs'] as const)(
  'the client works with the fetch for undici as .%s',
  async (extension, { signal }) => {
    const fetchModule = '@firstofficer/client/undici';
    expectAllPassed(await runOnConsole({ path: process.execPath, extension, fetchModule, signal }));
  },
);
