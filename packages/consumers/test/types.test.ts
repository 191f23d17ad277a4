import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, inject, test } from 'vitest';
import { findTypeErrors, listExpectedErrors, PROJECTS, STRICT } from '../src/compiler.ts';
import { needsOnlyClient, readExamples } from '../src/recipes.ts';

const TYPESCRIPT = dirname(fileURLToPath(import.meta.resolve('typescript/package.json')));

describe.concurrent('a strict project has only the expected errors', () => {
  test.for(Object.entries(PROJECTS))('for %s', async ([, project]) => {
    expect(await findTypeErrors(TYPESCRIPT, project, inject('consumer'))).toEqual(listExpectedErrors(project));
  });
});

test("the examples of the client's README compile", async () => {
  const examples = (await readExamples(inject('consumer'))).filter(needsOnlyClient);
  expect(examples.length).toBeGreaterThan(4);

  // The only Node API that the examples use.
  const globals = 'declare const process: { env: Record<string, string | undefined> };';
  const files = Object.fromEntries(examples.map(({ code }, index) => [`${index}.mts`, code]));
  const project = {
    compilerOptions: { ...STRICT, module: 'nodenext' },
    files: { ...files, 'globals.d.ts': globals },
  };
  expect(await findTypeErrors(TYPESCRIPT, project, inject('consumer'))).toEqual([]);
});
