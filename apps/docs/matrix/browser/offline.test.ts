import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { DIST } from '../../src/index.ts';
import { openSite } from './site.ts';
import { unexpected } from './watch.ts';

const site = await openSite();
afterAll(() => site[Symbol.asyncDispose]());
const file = pathToFileURL(join(DIST, 'offline.html')).href;

describe.each(['light', 'dark'] as const)('the single file, opened from disk without a network, %s', (colorScheme) => {
  test('shows the reference and the guides, has working links and sends no requests', async () => {
    await using reader = await site.reader({ colorScheme, offline: true });
    const { page, watched } = reader;
    await page.goto(file);
    await page.locator(`html.${colorScheme}`).waitFor({ state: 'attached' });
    await page.getByRole('heading', { name: /FirstOfficer Customers API/ }).waitFor();
    await page.locator('.menu-content').getByText('Metrics', { exact: true }).click();
    await page.waitForURL(/#\/metrics/);
    await page.getByRole('heading', { name: 'Amounts' }).waitFor();

    expect(watched.requests.filter((url) => !/^(file|data|blob):/.test(url))).toEqual([]);
    expect(unexpected(watched.messages)).toEqual([]);
  });
});
