import { test } from 'vitest';
import { executable } from '../../src/runtimes.ts';
import { expectAll } from './expect-all.ts';
import { needs } from './needs.ts';
import { resultsOnConsole } from './on-console.ts';

test.concurrent.for(['mjs', 'cjs'] as const)('the client behaves in Bun as .%s', async (extension, context) => {
  const path = needs(context, 'Bun', executable('bun'));
  expectAll(await resultsOnConsole(path, ['--no-install'], extension, context.signal));
});
