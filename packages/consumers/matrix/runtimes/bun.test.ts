import { test } from 'vitest';
import { expectAll } from '../../src/expect-all.ts';
import { resultsOnConsole } from '../../src/on-console.ts';
import { needsRuntime } from '../needs-runtime.ts';

test.concurrent.for(['mjs', 'cjs'] as const)('the client behaves in Bun as .%s', async (extension, context) => {
  const path = needsRuntime(context, 'bun');
  expectAll(await resultsOnConsole(path, ['--no-install'], extension, context.signal));
});
