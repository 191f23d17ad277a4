import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { BUDGETS, type Candidate, formatBudgetCell, getModuleUrl, OUR_CLIENT } from './candidates.ts';
import { formatTable } from './statistics.ts';

const CANDIDATES = [
  'fetch',
  'firstofficer',
  'openapi-fetch',
  'hey-api',
  'ofetch',
  'ky',
  'axios',
  'stripe',
] satisfies Candidate[];

/** Returns the compressed size, in bytes, of a bundle that creates a client and retrieves one customer. */
export async function measureBundle(candidate: Candidate): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(getModuleUrl(candidate))],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    legalComments: 'none',
    write: false,
  });
  const [bundle] = outputFiles;
  if (!bundle) throw new Error(`esbuild wrote no bundle for ${candidate}.`);
  return gzipSync(bundle.contents, { level: 9 }).length;
}

/** Measures the bundle size of each client. Sets exit code 1 if our client exceeds its budget. */
export async function benchmarkSize(): Promise<void> {
  const sizes = await Promise.all(CANDIDATES.map(async (name) => ({ name, bytes: await measureBundle(name) })));
  const ours = sizes.find(({ name }) => name === OUR_CLIENT)?.bytes ?? Number.NaN;
  const rows = sizes.map(({ name, bytes }) => [
    name,
    bytes.toLocaleString('en'),
    (bytes / ours).toFixed(2),
    formatBudgetCell(name, bytes, { budget: BUDGETS.size, unit: ' B' }),
  ]);
  console.log(
    `\nSize: one customer retrieved, minified and gzipped\n\n${formatTable(['client', 'B', 'ratio', 'budget'], rows)}`,
  );
  if (!(ours <= BUDGETS.size)) process.exitCode = 1;
}
