import { describe, test } from 'vitest';
import { expectAllPassed, runOnConsole } from '../../src/results.ts';
import { needsRuntime } from '../toolchains.ts';

describe.concurrent.for(['node-20', 'node-22', 'node-26'] as const)('the client works in %s', (name) => {
  test.for(['mjs', 'cjs'] as const)('as .%s', async (extension, context) => {
    const path = needsRuntime(context, name);
    expectAllPassed(await runOnConsole({ path, extension, signal: context.signal }));
  });
});
