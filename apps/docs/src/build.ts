import { fileURLToPath } from 'node:url';
import { addressOf } from './site/address.ts';
import { buildSite } from './site/build-site.ts';
import { readContent, SOURCES } from './site/content.ts';

// Builds the site into dist, for the address in DOCS_URL; without one, for the root of any host. With DOCS_CURRENT_URL it is an older
// version's: every page says so, and leads there.

try {
  const { DOCS_URL, DOCS_CURRENT_URL: current } = process.env;
  const address = { ...addressOf(DOCS_URL || '/'), ...(current && { current: current }) };
  await buildSite(await readContent(SOURCES), { address, folder: fileURLToPath(new URL('../dist/', import.meta.url)) });
} catch (error) {
  console.error(`The docs cannot be built: ${(error as Error).message}`);
  process.exitCode = 1;
}
