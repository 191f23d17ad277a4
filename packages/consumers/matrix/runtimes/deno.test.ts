import { test } from 'vitest';
import { expectAll } from '../../src/expect-all.ts';
import { resultsOnConsole } from '../../src/on-console.ts';
import { needsRuntime } from '../needs-runtime.ts';

// The network is all that the client may ask Deno for.
const OPTIONS = ['run', '--no-prompt', '--cached-only', '--node-modules-dir=manual', '--allow-net=127.0.0.1'];

test.concurrent.for(['mjs', 'cjs'] as const)('the client behaves in Deno as .%s', async (extension, context) => {
  const path = needsRuntime(context, 'deno');
  expectAll(await resultsOnConsole(path, OPTIONS, extension, context.signal));
});
