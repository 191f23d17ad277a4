import { expect, test } from 'vitest';
import { checkTypes } from '../src/checks/types.ts';
import { packFixture } from '../test/packed-fixture.ts';

const DUAL = {
  '.': {
    import: { types: './dist/index.d.ts', default: './dist/index.js' },
    require: { types: './dist/index.d.ts', default: './dist/index.cjs' },
  },
};

test('types of a package without CommonJS match its code', async () => {
  expect(await checkTypes(await packFixture())).toEqual([]);
});

test('a package without types has none to check', async () => {
  expect(await checkTypes(await packFixture({ files: { 'dist/index.d.ts': null } }))).toEqual([]);
});

test.for([
  {
    name: 'types at a wrong path',
    fixture: { members: { exports: { '.': { types: './dist/main.d.ts', default: './dist/index.js' } } } },
    problem: 'Resolved through fallback condition (entry ., bundler).',
  },
  {
    name: 'types of ES modules for CommonJS code',
    fixture: { files: { 'dist/index.cjs': 'exports.command = 1;\n' }, members: { exports: DUAL } },
    problem: 'Types are ESM, but implementation is CJS (dist/index.d.ts).',
  },
  {
    name: 'types that import a module without its extension',
    fixture: { files: { 'dist/index.d.ts': "export * from './other';\n", 'dist/other.d.ts': 'export type A = 1;\n' } },
    problem: 'Internal resolution error (dist/index.d.ts).',
  },
])('reports $name', async ({ fixture, problem }) => {
  expect(await checkTypes(await packFixture(fixture))).toContain(problem);
});
