import { afterAll, expect, test } from 'vitest';
import { readSamples } from '../../src/samples/index.ts';
import { hydrate, openSite } from './site.ts';

const site = await openSite();
afterAll(() => site[Symbol.asyncDispose]());
const samples = await readSamples();

test('each sample is in the menu and is equal to its file', async () => {
  await using reader = await site.reader({ viewport: { width: 1350, height: 940 } });
  const { page } = reader;
  await page.goto('customers/retrievecustomer/');
  await hydrate(page);
  const panel = page.locator('.panel-request-samples').first();
  for (const [place, { label, source }] of samples.entries()) {
    if (place > 0) {
      await panel
        .getByRole('button', { name: samples[place - 1]?.label ?? '' })
        .last()
        .click();
      await page.getByRole('menuitem', { name: label, exact: true }).click();
    }
    const shown = async () => ((await panel.locator('pre').first().textContent()) ?? '').replaceAll(/\s+/g, ' ').trim();
    await expect.poll(shown).toBe(source.replaceAll(/\s+/g, ' ').trim());
  }
});
