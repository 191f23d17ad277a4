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
    problem: 'The types of . are wrong for bundler: UntypedResolution.',
  },
  {
    name: 'types of ES modules for CommonJS code',
    fixture: { files: { 'dist/index.cjs': 'exports.command = 1;\n' }, members: { exports: DUAL } },
    problem: 'The types of . are wrong for node16-cjs: FalseESM.',
  },
  {
    name: 'types that import a module without its extension',
    fixture: { files: { 'dist/index.d.ts': "export * from './other';\n", 'dist/other.d.ts': 'export type A = 1;\n' } },
    problem:
      'The types in /node_modules/@firstofficer/example/dist/index.d.ts are wrong for node16-esm: InternalResolutionError.',
  },
])('reports $name', async ({ fixture, problem }) => {
  expect(await checkTypes(await packFixture(fixture))).toContain(problem);
});
