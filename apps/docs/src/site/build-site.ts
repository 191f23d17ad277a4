import type { Address } from './address.ts';
import type { Content } from './content.ts';
import { renderOffline } from './offline.ts';
import { renderSite } from './render-site.ts';
import { loadSiteReference } from './site-reference.ts';
import { writeSite } from './write-site.ts';

/**
 * Builds the site as it is published.
 *
 * @throws Error that says what to mend in the spec or a guide; the folder then stays as it was.
 * @example
 * await buildSite(await readContent(SOURCES), { address: addressOf('/'), folder: 'dist' });
 */
export async function buildSite(
  content: Content,
  { address, folder }: { readonly address: Address; readonly folder: string },
): Promise<void> {
  const reference = await loadSiteReference(content, address);
  const [files, offline] = await Promise.all([
    renderSite(content, address, reference),
    renderOffline(reference, content.theme),
  ]);
  await writeSite([...files, offline], folder);
}
