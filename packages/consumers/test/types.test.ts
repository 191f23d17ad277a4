import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, inject, test } from 'vitest';
import { findTypeErrors, listExpectedErrors, PROJECTS, STRICT } from '../src/compiler.ts';

const TYPESCRIPT = dirname(fileURLToPath(import.meta.resolve('typescript/package.json')));

describe.concurrent('a strict project has only the expected errors', () => {
  test.for(Object.entries(PROJECTS))('for %s', async ([, project]) => {
    expect(await findTypeErrors(TYPESCRIPT, project, inject('consumer'))).toEqual(listExpectedErrors(project));
  });
});

test("the examples of the client's README compile", async () => {
  const readme = await readFile(`${inject('consumer')}/node_modules/@firstofficer/client/README.md`, 'utf8');
  const examples = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code = ''], index) => [`${index}.mts`, code]);
  expect(examples.length).toBeGreaterThan(4);

  // The only Node API that the examples use.
  const globals = 'declare const process: { env: Record<string, string | undefined> };';
  const files = { ...Object.fromEntries(examples), 'globals.d.ts': globals };
  const project = { compilerOptions: { ...STRICT, module: 'nodenext' }, files };
  expect(await findTypeErrors(TYPESCRIPT, project, inject('consumer'))).toEqual([]);
});
