import { test } from 'vitest';
import { executable } from '../../src/runtimes.ts';
import { expectAll } from './expect-all.ts';
import { needs } from './needs.ts';
import { resultsOnConsole } from './on-console.ts';

// The network is all that the client may ask Deno for.
const OPTIONS = ['run', '--no-prompt', '--cached-only', '--node-modules-dir=manual', '--allow-net=127.0.0.1'];

test.concurrent.for(['mjs', 'cjs'] as const)('the client behaves in Deno as .%s', async (extension, context) => {
  const path = needs(context, 'Deno', executable('deno'));
  expectAll(await resultsOnConsole(path, OPTIONS, extension, context.signal));
});
