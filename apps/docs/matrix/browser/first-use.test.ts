import { afterAll, describe, expect, test } from 'vitest';
import { openSite } from './site.ts';

const site = await openSite();
afterAll(() => site[Symbol.asyncDispose]());

const OPERATION = 'customers/retrievecustomer/';

describe.each(['light', 'dark'] as const)('the first interaction takes effect, %s', (colorScheme) => {
  test('a click on a status shows its response', async () => {
    const { page } = await site.open(OPERATION, { colorScheme });
    await page.locator('[data-testid="middle-panel"]').getByText('401', { exact: true }).click();

    await page.locator('[data-testid="middle-panel"]').getByText('The request has no valid API key').waitFor();
  });

  test('a click on the search opens it', async () => {
    const { page } = await site.open(OPERATION, { colorScheme });
    await page.getByRole('button', { name: /^Search/ }).click();

    await page.getByRole('textbox').first().waitFor();
  });

  test('a click on the color mode switch changes the colors', async () => {
    const { page } = await site.open(OPERATION, { colorScheme });
    await page.getByTestId('color-mode-switcher').click();

    await page.locator(colorScheme === 'light' ? 'html.dark' : 'html.light').waitFor({ state: 'attached' });
  });

  test('Ctrl+K opens the search, a result opens its page, and Escape closes the search', async () => {
    const { context, page } = await site.open('.', { colorScheme });
    await page.keyboard.press('Control+K');
    const input = page.getByRole('textbox').first();
    await input.waitFor();
    await page.keyboard.press('Escape');
    await input.waitFor({ state: 'detached' });

    await page.keyboard.press('Control+K');
    await input.waitFor();
    await context.setOffline(true);
    await input.fill('mrr');
    await page.getByText('schema fields').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/schemas\/customer/);
  });
});

test('a click takes effect even if Redoc rearranges the page before the click is repeated', async () => {
  const { page } = await site.open('about:blank');
  // A busy browser paints late.
  await page.addInitScript(() => {
    const draw = requestAnimationFrame;
    let frames = 0;
    window.requestAnimationFrame = (done) => {
      frames = 30;
      const wait = () => draw((time) => (--frames > 0 ? wait() : done(time)));
      return wait();
    };
  });
  await page.goto(OPERATION);
  const panel = page.locator('[data-testid="middle-panel"]');
  await panel.getByText('401', { exact: true }).click();

  await panel.getByText('The request has no valid API key').waitFor();
});

test('a link works before hydration', async () => {
  const { page } = await site.open('.');
  await page.getByRole('link', { name: 'Identifiers' }).first().click();

  await page.waitForURL(/identifiers/);
});

test('the first element in the tab order skips the menu', async () => {
  const { page } = await site.open(OPERATION);
  await page.keyboard.press('Tab');

  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content');
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement?.localName)).toBe('main');
});

test('a pointer event without movement does not load Redoc', async () => {
  const { page, log } = await site.open(OPERATION);
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => dispatchEvent(new PointerEvent('pointermove')));
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));

  expect(log.requests.filter((url) => url.includes('/redoc.'))).toEqual([]);
});
