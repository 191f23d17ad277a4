import { fileURLToPath } from 'node:url';
import { addressOf } from './site/address.ts';
import { buildSite } from './site/build-site.ts';
import { readContent, SOURCES } from './site/content.ts';

// Builds the site into dist, for the address in DOCS_URL; without one, for the root of any host. With DOCS_CURRENT_URL it
// is an older version's: every page says so, and leads there. --no-compress leaves out the compressed copies, which take
// most of the time and only a public host needs.

const DIST = fileURLToPath(new URL('../dist/', import.meta.url));

try {
  const { DOCS_URL, DOCS_CURRENT_URL: current } = process.env;
  const address = { ...addressOf(DOCS_URL || '/'), ...(current && { current: current }) };
  await buildSite(await readContent(SOURCES), {
    address,
    folder: DIST,
    compress: !process.argv.includes('--no-compress'),
  });
} catch (error) {
  console.error(`The docs cannot be built: ${(error as Error).message}`);
  process.exitCode = 1;
}
