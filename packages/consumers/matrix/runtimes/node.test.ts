import { describe, test } from 'vitest';
import { expectAll } from '../../src/expect-all.ts';
import { resultsOnConsole } from '../../src/on-console.ts';
import { needsRuntime } from '../needs-runtime.ts';

describe.concurrent.for(['node-20', 'node-22', 'node-26'] as const)('the client behaves in %s', (name) => {
  test.for(['mjs', 'cjs'] as const)('as .%s', async (extension, context) => {
    const path = needsRuntime(context, name);
    expectAll(await resultsOnConsole(path, [], extension, context.signal));
  });
});
