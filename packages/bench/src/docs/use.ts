import type { Locator } from '@firstofficer/browser';
import type { Fresh } from './open.ts';
import { atRest } from './rest.ts';

/** What a menu calls the operation, and the group that it may be folded into. */
export interface MenuItem {
  readonly label: string;
  readonly group: string;
}

/** Long enough for a busy machine. */
const TIMEOUT = 10_000;

/**
 * Chooses the operation, as a reader does first, who looks at what a click did before the next: what a page was still
 * loading when it was left would be loaded again by the next one.
 */
export async function choose({ page, traffic }: Fresh, { label, group }: MenuItem): Promise<void> {
  const operation = page.getByText(label).filter({ visible: true });
  if ((await operation.count()) === 0) {
    await click(page.getByText(group, { exact: true }).filter({ visible: true }));
    await atRest(page, traffic);
  }
  await click(operation);
  await atRest(page, traffic);
}

/** Opens search, where there is one. */
export async function openSearch({ page, traffic }: Fresh): Promise<void> {
  const search = page
    .getByRole('button', { name: /search/i })
    .or(page.getByRole('searchbox'))
    .or(page.getByPlaceholder(/search/i))
    // Not every button says that it is one.
    .or(page.getByText(/^search\b/i))
    .filter({ visible: true });
  if ((await search.count()) === 0) return;
  await click(search);
  await atRest(page, traffic);
}

/** As a pointer does, which does not ask what an item is made of. */
async function click(items: Locator): Promise<void> {
  await items.first().click({ timeout: TIMEOUT, force: true });
}
