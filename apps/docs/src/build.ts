import { parseAddress } from './address.ts';
import { readContent, SOURCES } from './content/read-content.ts';
import { DIST } from './serve.ts';
import { buildSite } from './site/build-site.ts';

// Builds the site into dist. DOCS_URL is the URL of the site; without it, the site works at the root of any host.
// DOCS_CURRENT_URL marks the site as an older version: every page shows a notice with a link to that URL. --no-compress
// skips the compressed copies, which take most of the time and are only needed on a public host.

try {
  const { DOCS_URL, DOCS_CURRENT_URL: current } = process.env;
  const address = { ...parseAddress(DOCS_URL || '/'), ...(current && { current }) };
  await buildSite(await readContent(SOURCES), {
    address,
    folder: DIST,
    shouldCompress: !process.argv.includes('--no-compress'),
  });
} catch (error) {
  console.error(`The docs cannot be built: ${(error as Error).message}`);
  process.exitCode = 1;
}
