import { test } from 'vitest';
import { expectAllPassed, runOnConsole } from '../src/results.ts';

test.for(['mjs', 'cjs'] as const)(
  'the client works in the Node of the workspace as .%s',
  async (extension, { signal }) => {
    expectAllPassed(await runOnConsole({ path: process.execPath, extension, signal }));
  },
);
