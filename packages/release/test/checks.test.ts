import { expect, test } from 'vitest';
import type { Check } from '../src/checks/check.ts';
import { CHECKS } from '../src/checks/index.ts';
import { CONTEXT, type Files, type Members, packFixture } from './packed-fixture.ts';

// The check of the types loads a compiler, so its tests are in the folder matrix.
const { types: _types, ...FAST } = CHECKS;

async function findProblems(fixture: { files?: Files; members?: Members }): Promise<string[]> {
  const pkg = await packFixture(fixture);
  const results = await Promise.all(
    Object.entries<Check>(FAST).map(async ([name, check]) =>
      (await check(pkg, CONTEXT)).map((text) => `${name}: ${text}`),
    ),
  );
  return results.flat();
}

test('a package without faults passes every check', async () => {
  expect(await findProblems({})).toEqual([]);
});

interface Fault {
  readonly name: string;
  readonly files?: Files;
  readonly members?: Members;
  /** A part of the problem that must be reported. */
  readonly problem: string;
}

const KEY = `sk_${'live'}_4eC39HqLyjWDarjtT1zdp7dc`;

const FAULTS: readonly Fault[] = [
  { name: 'no README', files: { 'README.md': null }, problem: 'contents: README.md is missing.' },
  { name: 'no licence file', files: { LICENSE: null }, problem: 'contents: LICENSE is missing.' },
  { name: 'another licence file', files: { LICENSE: 'All rights reserved.' }, problem: 'licence: LICENSE differs' },
  { name: 'no licence field', members: { license: null }, problem: 'licence: license in package.json is not "MIT"' },
  { name: 'another licence field', members: { license: 'GPL-3.0' }, problem: 'licence: license in package.json' },
  {
    name: 'a package that is not built',
    files: { 'dist/index.js': null, 'dist/index.js.map': null, 'dist/index.d.ts': null },
    problem: 'contents: No file matches dist/**/*.{js,d.ts,js.map}. Was the package built?',
  },
  {
    name: 'a test',
    files: { 'src/index.test.ts': '' },
    problem: 'contents: src/index.test.ts does not belong in the package.',
  },
  {
    name: 'a folder of tests between the sources',
    files: { 'src/test/index.ts': '' },
    problem: 'contents: src/test/index.ts does not belong in the package.',
  },
  {
    name: 'a fixture',
    files: { 'fixtures/customers.json': '{}' },
    problem: 'contents: fixtures/customers.json does not belong in the package.',
  },
  { name: 'a hidden file', files: { 'dist/.env': '' }, problem: 'contents: dist/.env does not belong in the package.' },
  {
    name: 'a key of Stripe',
    files: { 'src/key.ts': `export const key = '${KEY}';` },
    problem: 'contents: src/key.ts contains a key of Stripe.',
  },
  {
    name: 'a private key',
    files: { 'src/key.ts': `-----BEGIN ${'RSA'} PRIVATE KEY-----` },
    problem: 'contents: src/key.ts contains a private key.',
  },
  {
    name: 'the path of a local folder',
    files: { 'dist/path.js': "export const path = '/home/ada/project/x';" },
    problem: 'contents: dist/path.js contains the path of a folder of this machine.',
  },
  {
    name: 'a package that is too large',
    files: { 'src/large.ts': 'x'.repeat(10_000) },
    problem: 'size: The unpacked package has',
  },
  {
    name: 'a tarball that is too large',
    files: { 'src/large.ts': Array.from({ length: 1000 }, (_, index) => (index * 7919) ** 3).join() },
    problem: 'size: The tarball has',
  },
  {
    name: 'a source map whose source is missing',
    files: { 'src/index.ts': null, 'src/other.ts': '' },
    problem: 'source maps: dist/index.js.map refers to the source ../src/index.ts, which is not in the package.',
  },
  {
    name: 'a source map that points outside of the package',
    files: { 'dist/index.js.map': JSON.stringify({ version: 3, sources: ['../../secret.ts'], mappings: '' }) },
    problem: 'source maps: dist/index.js.map refers to the source ../../secret.ts',
  },
  {
    name: 'a reference to a source map that is missing',
    files: { 'dist/index.js.map': null },
    problem: 'source maps: dist/index.js refers to the source map index.js.map, which is not in the package.',
  },
  {
    name: 'an install script',
    members: { scripts: { postinstall: 'node dist/index.js' } },
    problem: 'manifest: package.json has the script postinstall',
  },
  {
    name: 'code that npm compiles at installation',
    files: { 'binding.gyp': '{}' },
    problem: 'manifest: binding.gyp makes npm compile the package',
  },
  {
    name: 'no supported Node',
    members: { engines: null },
    problem: 'manifest: package.json does not say which versions',
  },
  {
    name: 'a dependency that only the workspace can resolve',
    members: { dependencies: { '@firstofficer/common': 'workspace:*', commander: '15.1.0' } },
    problem: 'manifest: The dependency @firstofficer/common has the version workspace:*',
  },
  {
    name: 'a peer dependency from the catalog',
    members: { peerDependencies: { vitest: 'catalog:' } },
    problem: 'manifest: The dependency vitest has the version catalog:',
  },
  {
    name: 'a private dependency',
    members: { dependencies: { '@firstofficer/testing': '0.1.0', commander: '15.1.0' } },
    problem: 'dependencies: It depends on @firstofficer/testing, which is private',
  },
  {
    name: 'a dependency in another version than the release',
    members: { dependencies: { '@firstofficer/common': '0.0.9', commander: '15.1.0' } },
    problem: 'dependencies: It depends on @firstofficer/common 0.0.9, but this release has version 0.1.0.',
  },
  {
    name: 'an import without a dependency',
    members: { dependencies: {} },
    problem: 'dependencies: dist/index.d.ts imports commander',
  },
  {
    name: 'an import of types without a dependency',
    files: { 'dist/index.d.ts': "export type { A } from './a.js';\n", 'dist/a.d.ts': "import('sarif').Log" },
    problem: 'dependencies: dist/a.d.ts imports sarif',
  },
  {
    name: 'an entry that is missing',
    members: { exports: { '.': { types: './dist/index.d.ts', default: './dist/main.js' } } },
    problem: 'entries: exports in package.json names dist/main.js, which is not in the package.',
  },
  {
    name: 'types that are missing',
    members: { exports: { '.': { types: './dist/main.d.ts', default: './dist/index.js' } } },
    problem: 'entries: exports in package.json names dist/main.d.ts',
  },
  {
    name: 'a command that is missing',
    members: { bin: { example: 'bin/main.js' } },
    problem: 'entries: bin in package.json names bin/main.js',
  },
  {
    name: 'a command that is not executable',
    files: { 'bin/example.js': '#!/usr/bin/env node\n// not executable\n' },
    problem: 'entries: bin/example.js of the command example is not executable.',
  },
  {
    name: 'a command without an interpreter',
    files: { 'bin/example.js': "import '../dist/index.js';\n" },
    problem: 'entries: bin/example.js of the command example does not begin with #!.',
  },
  {
    name: 'CommonJS code in a package of ES modules',
    files: { 'dist/index.js': 'module.exports = { command: 1 };\n' },
    problem: 'publint: ',
  },
];

test.for(FAULTS)('reports $name', async ({ files = {}, members = {}, problem }) => {
  const problems = await findProblems({ files, members });

  expect(problems.filter((text) => text.includes(problem))).not.toEqual([]);
});

test('a problem never contains the secret that it reports', async () => {
  expect((await findProblems({ files: { 'src/key.ts': KEY } })).join()).not.toContain(KEY);
});

test('imports in comments, of the package itself and of Node count as no dependency', async () => {
  const code =
    "/** import x from 'left-pad' */\n// require('left-pad')\nimport '@firstofficer/example';\nimport 'node:fs';\nimport 'fs/promises';\n";

  expect(await findProblems({ files: { 'dist/other.js': code } })).toEqual([]);
});

test('types that no entry leads to may import anything', async () => {
  expect(await findProblems({ files: { 'dist/hidden.d.ts': "import type Stripe from 'stripe';\n" } })).toEqual([]);
});
