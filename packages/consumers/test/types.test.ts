import { readFile } from 'node:fs/promises';
import { describe, expect, inject, test } from 'vitest';
import { diagnose, type Project } from '../src/compiler.ts';

const STRICT = {
  strict: true,
  skipLibCheck: false,
  // TypeScript need not check its own library each time.
  skipDefaultLibCheck: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  target: 'es2022',
  types: [],
};

const source = (name: string) => readFile(new URL(`../types/${name}.ts`, import.meta.url), 'utf8');
const usage = await source('usage');
const mistake = await source('mistake');

const PROJECTS: Readonly<Record<string, Project>> = {
  'Node, as ES module and as CommonJS': {
    compilerOptions: { ...STRICT, module: 'nodenext' },
    files: { 'module.mts': usage, 'commonjs.cts': usage, 'mistake.mts': mistake, 'mistake.cts': mistake },
  },
  'a bundler': {
    compilerOptions: { ...STRICT, module: 'esnext', moduleResolution: 'bundler' },
    files: { 'usage.ts': usage, 'mistake.ts': mistake },
  },
};

describe.concurrent.for(Object.entries(PROJECTS))('a strict project for %s', ([, project]) => {
  // The mistakes are to be found wherever they are, and nothing else.
  const mistakes = Object.keys(project.files)
    .filter((file) => file.startsWith('mistake'))
    .toSorted()
    .flatMap((file) => [`${file}(6,14): error TS2322`, `${file}(7,41): error TS2345`]);

  test.for(['typescript-5.4', 'typescript-5.9', 'typescript-6.0', 'typescript'])('with %s', async (typescript) => {
    expect(await diagnose(typescript, project, inject('consumer'))).toEqual(mistakes);
  });
});

test("the examples of the client's README compile", async () => {
  const readme = await readFile(`${inject('consumer')}/node_modules/@firstofficer/client/README.md`, 'utf8');
  const examples = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code = ''], index) => [`${index}.mts`, code]);
  expect(examples.length).toBeGreaterThan(4);

  // Of Node they use no more than this.
  const globals = 'declare const process: { env: Record<string, string | undefined> };';
  const files = { ...Object.fromEntries(examples), 'globals.d.ts': globals };
  const project = { compilerOptions: { ...STRICT, module: 'nodenext' }, files };
  expect(await diagnose('typescript', project, inject('consumer'))).toEqual([]);
});
