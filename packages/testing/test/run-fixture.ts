import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { COVERAGE_FOLDER } from '../src/coverage.ts';
import { runTests } from '../src/run-tests.ts';
import { formatMarkdownSummary, formatSummary } from '../src/summary.ts';

// Runs the tests of the fixture and prints what `pnpm test` would print.
const root = join(import.meta.dirname, '../fixture');
const result = await runTests({
  root,
  folder: 'test',
  verbose: process.argv.includes('--verbose'),
  coverage: process.argv.includes('--coverage'),
});
console.log(formatSummary(result));
if (process.argv.includes('--coverage')) console.log(formatMarkdownSummary(result).join('\n\n'));
await rm(join(root, COVERAGE_FOLDER), { recursive: true, force: true });
process.exit();
