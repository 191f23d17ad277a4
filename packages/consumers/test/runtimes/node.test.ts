import { describe, test } from 'vitest';
import { executable } from '../../src/runtimes.ts';
import { expectAll } from './expect-all.ts';
import { needs } from './needs.ts';
import { resultsOnConsole } from './on-console.ts';

describe.concurrent.for(['node-20', 'node-22', 'node-24', 'node-26'] as const)('the client behaves in %s', (name) => {
  test.for(['mjs', 'cjs'] as const)('as .%s', async (extension, context) => {
    // The tests run on 24 themselves.
    const path = name === 'node-24' ? process.execPath : needs(context, name, executable(name));
    expectAll(await resultsOnConsole(path, [], extension, context.signal));
  });
});
