import { test } from 'vitest';
import { expectAll } from '../src/expect-all.ts';
import { resultsOnConsole } from '../src/on-console.ts';

test.for(['mjs', 'cjs'] as const)(
  'the client behaves in the Node of the workspace as .%s',
  async (extension, { signal }) => {
    expectAll(await resultsOnConsole(process.execPath, [], extension, signal));
  },
);
