import { join } from 'node:path';
import { runTests } from '../src/run-tests.ts';
import { formatSummary } from '../src/summary.ts';

// Runs the tests of the fixture and prints what `pnpm test` would print.
const root = join(import.meta.dirname, '../fixture');
const result = await runTests({ root, folder: 'test', verbose: process.argv.includes('--verbose') });
console.log(formatSummary(result));
process.exit();
