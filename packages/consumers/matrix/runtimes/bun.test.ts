import { test } from 'vitest';
import { expectAllPassed, runOnConsole } from '../../src/results.ts';
import { needsRuntime } from '../toolchains.ts';

test.concurrent.for(['mjs', 'cjs'] as const)('the client works in Bun as .%s', async (extension, context) => {
  const path = needsRuntime(context, 'bun');
  expectAllPassed(await runOnConsole({ path, options: ['--no-install'], extension, signal: context.signal }));
});
