import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { afterAll } from 'vitest';
import { parseAddress } from '../src/address.ts';
import { readContent, SOURCES } from '../src/content/read-content.ts';
import { renderSite } from '../src/site/render-site.ts';
import { loadSiteReference } from '../src/site/site-reference.ts';
import { DEPRECATIONS } from '../test/fixtures.ts';

/** Renders the site of a description with a deprecated operation, parameters, members and headers into a folder. */
export async function renderDeprecationsSite() {
  const folder = await createTemporaryFolder({ onTestFinished: afterAll });
  for (const name of ['guides', 'samples']) await mkdir(join(folder, name));
  const content = await readContent({
    ...SOURCES,
    spec: DEPRECATIONS.pathname,
    guides: join(folder, 'guides'),
    samples: join(folder, 'samples'),
  });
  const address = parseAddress('/');
  const reference = await loadSiteReference(content, address);
  const files = await renderSite(content, address, reference);
  const dist = join(folder, 'dist');
  for (const { path, content } of files) {
    await mkdir(dirname(join(dist, path)), { recursive: true });
    await writeFile(join(dist, path), content);
  }
  return { files, reference, dist };
}
