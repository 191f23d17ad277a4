import type { Locator } from '@firstofficer/browser';
import { waitForNetworkIdle } from './network-idle.ts';
import type { FreshPage } from './open.ts';

/** The menu item of the operation. */
export interface MenuItem {
  readonly label: string;
  /** The group that contains the item. It may be collapsed. */
  readonly group: string;
}

/** In milliseconds, long enough for a busy machine. */
const TIMEOUT = 10_000;

/**
 * Clicks the menu item of the operation, after expanding its group if necessary.
 *
 * It waits for network idle after each click, as a reader does. Otherwise the next page would load the files of aborted
 * requests again.
 */
export async function chooseOperation({ page, traffic }: FreshPage, { label, group }: MenuItem): Promise<void> {
  const operation = page.getByText(label).filter({ visible: true });
  if ((await operation.count()) === 0) {
    await click(page.getByText(group, { exact: true }).filter({ visible: true }));
    await waitForNetworkIdle(page, traffic);
  }
  await click(operation);
  await waitForNetworkIdle(page, traffic);
}

/** Opens the search, if the page has one. */
export async function openSearch({ page, traffic }: FreshPage): Promise<void> {
  const search = page
    .getByRole('button', { name: /search/i })
    .or(page.getByRole('searchbox'))
    .or(page.getByPlaceholder(/search/i))
    // Some search buttons do not have the role of a button.
    .or(page.getByText(/^search\b/i))
    .filter({ visible: true });
  if ((await search.count()) === 0) return;
  await click(search);
  await waitForNetworkIdle(page, traffic);
}

/** Clicks the first item like a pointer, without checks of the element. */
async function click(items: Locator): Promise<void> {
  await items.first().click({ timeout: TIMEOUT, force: true });
}
