import { test } from 'vitest';
import { expectAllPassed, runOnConsole } from '../../src/results.ts';
import { needsRuntime } from '../toolchains.ts';

// The client needs no permission except network access.
const OPTIONS = ['run', '--no-prompt', '--cached-only', '--node-modules-dir=manual', '--allow-net=127.0.0.1'];

test.concurrent.for(['mjs', 'cjs'] as const)('the client works in Deno as .%s', async (extension, context) => {
  const path = needsRuntime(context, 'deno');
  expectAllPassed(await runOnConsole({ path, options: OPTIONS, extension, signal: context.signal }));
});
