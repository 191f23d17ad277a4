import { afterAll, expect, test } from 'vitest';
import { LANGUAGES } from '../../src/content/languages.ts';
import { SOURCES } from '../../src/content/read-content.ts';
import { readSamples } from '../../src/content/samples.ts';
import { splitExpectedOutput } from '../../src/page/expected-output.ts';
import { openSite } from './site.ts';

const OPERATION = 'customers/retrievecustomer/';
const GUIDE = 'identifiers/';

const samples = (await readSamples(SOURCES.samples)).filter(({ operationId }) => operationId === 'retrieveCustomer');
const site = await openSite();
afterAll(() => site[Symbol.asyncDispose]());

test('a reader can choose and copy every sample, and no other is shown', async () => {
  const { context, page } = await site.open(OPERATION);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const panel = page.getByRole('region', { name: 'Code samples' });
  for (const { title, lang, source } of samples) {
    await panel.getByRole('combobox', { name: 'Case' }).selectOption(title);
    await panel.getByRole('button', { name: lang }).click();

    const { code, output } = splitExpectedOutput(source);
    await expect
      .poll(() => panel.locator('pre code:visible').allTextContents())
      .toEqual(output ? [code, output.code] : [code]);
    await panel.getByRole('button', { name: 'Copy' }).first().click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(code);
  }
});

test('the language holds on other pages and after a reload, and screen readers know it', async () => {
  const { context, page } = await site.open(OPERATION);
  await page.getByRole('region', { name: 'Code samples' }).getByRole('button', { name: 'Ruby' }).click();

  for (const path of [OPERATION, GUIDE]) {
    const other = await context.newPage();
    await other.goto(path);
    const group = other
      .locator('main [data-languages]')
      .filter({ has: other.locator('[data-language=ruby]') })
      .first();
    const pressed = group.getByRole('button', { pressed: true });
    await expect.poll(() => pressed.allTextContents()).toEqual(['Ruby']);
    expect(await group.locator('[data-language=ruby]').first().isVisible()).toBe(true);
    expect(await group.locator('[data-language=python]').first().isVisible()).toBe(false);
    await other.reload();
    await expect.poll(() => pressed.allTextContents()).toEqual(['Ruby']);
  }
});

test('the keyboard alone chooses the language and the case', async () => {
  const { page } = await site.open(OPERATION);
  const panel = page.getByRole('region', { name: 'Code samples' });
  await panel.getByRole('button', { name: 'cURL' }).focus();
  for (let step = 0; step < LANGUAGES.length - 1; step += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');

  const shown = samples.find(({ lang, topic }) => lang === LANGUAGES.at(-1)?.label && topic.startsWith('2-'));
  const { code } = splitExpectedOutput(shown?.source ?? '');
  await expect.poll(() => panel.locator('pre code:visible').first().textContent()).toBe(code);
});

test.for([1350, 390])('nothing is cut or covered at %i pixels', async (width) => {
  const { page } = await site.open(OPERATION, { viewport: { width, height: 900 } });
  const panel = page.getByRole('region', { name: 'Code samples' });
  for (const { title, lang } of samples) {
    await panel.getByRole('combobox').selectOption(title);
    await panel.getByRole('button', { name: lang }).click();
    const code = panel.locator('pre code:visible').first();
    const [box, text, copy] = await Promise.all([
      panel.boundingBox(),
      code.boundingBox(),
      panel.getByRole('button', { name: 'Copy' }).first().boundingBox(),
    ]);
    expect(text?.x).toBeGreaterThanOrEqual(box?.x ?? Number.NaN);
    expect((text?.x ?? 0) + (text?.width ?? 0)).toBeLessThanOrEqual((box?.x ?? 0) + (box?.width ?? 0));
    expect((copy?.y ?? 0) + (copy?.height ?? 0)).toBeLessThanOrEqual(text?.y ?? Number.NaN);
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
});

test('without scripts, every sample can be read', async () => {
  const { page } = await site.open(OPERATION, { javaScriptEnabled: false });
  const panel = page.getByRole('region', { name: 'Code samples' });
  const codes = panel.locator('figure.code > pre code');
  expect(await codes.allTextContents()).toEqual(samples.map(({ source }) => splitExpectedOutput(source).code));
  expect(await panel.locator('details:first-of-type figure.code > pre code:visible').count()).toBe(LANGUAGES.length);
  expect(await panel.getByRole('combobox').isVisible()).toBe(false);
  expect(await panel.getByRole('button').filter({ visible: true }).count()).toBe(0);

  await panel.locator('summary', { hasText: 'A lost customer' }).click();
  expect(await panel.locator('details[open] figure.code > pre code:visible').count()).toBe(LANGUAGES.length);
});
