import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { seed, startApi } from '@firstofficer/api';
import type { Page } from '@firstofficer/browser';
import { listen } from '@firstofficer/common/listen';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { startMock } from '@firstofficer/mock';
import { findExamplePairs } from '@firstofficer/openapi';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { parseAddress } from '../../src/address.ts';
import { readContent, SOURCES } from '../../src/content/read-content.ts';
import { DIST } from '../../src/index.ts';
import { buildSite } from '../../src/site/build-site.ts';
import { description, NOTES } from '../../test/fixtures.ts';
import { addAxe, findViolations, openSite } from './site.ts';

const KEY = 'sesame-open-42';
const PATH = 'customers/retrievecustomer';
const PHONE = { width: 390, height: 844 };

const site = await openSite();
afterAll(() => site[Symbol.asyncDispose]());

/** Whether the status of the response is in the window. */
async function isInView(page: Page): Promise<boolean> {
  return page
    .getByRole('region', { name: 'Try it' })
    .getByRole('status')
    .evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    });
}

async function openPanel(page: Page) {
  await page.getByRole('button', { name: 'Try it' }).click();
  const panel = page.getByRole('region', { name: 'Try it' });
  await panel.waitFor();
  const status = panel.getByRole('status');
  return { panel, status };
}

async function useServer(page: Page, url: string, key: string): Promise<void> {
  await page.getByLabel('A server on this machine').check();
  await page.getByLabel('URL of the server').fill(url);
  await page.getByLabel('API key').fill(key);
}

const STATUSES = [
  '200 OK',
  '304 Not Modified',
  '400 Bad Request',
  '401 Unauthorized',
  '404 Not Found',
  '429 Too Many Requests',
  '503 Service Unavailable',
];

test.each([
  ['the page', '', undefined],
  ['the page on a phone', '', PHONE],
  ['the file for offline reading', pathToFileURL(join(DIST, 'offline.html')).href, undefined],
])('every documented status is one click away, offline and without a request, in %s', async (_, url, viewport) => {
  const { context, page, log } = await site.open(url, viewport && { viewport });
  if (viewport) await page.goto(PATH);
  else
    await page
      .getByRole('link', { name: /^Retrieve a customer/ })
      .first()
      .click();
  const { panel, status } = await openPanel(page);
  await context.setOffline(true);
  const requests = log.requests.length;
  for (const text of STATUSES) {
    await panel.getByRole('button', { name: text.slice(0, 3), exact: true }).click();
    await expect.poll(() => status.textContent()).toContain(text.replace(' ', ''));
    expect(await status.textContent()).toContain('in this page');
  }
  expect(log.requests.slice(requests)).toEqual([]);
  expect(log.listUnexpected()).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});

test('the page gives the responses of the mock for every example', async () => {
  const mock = await startMock({ port: 0 });
  onTestFinished(() => mock.close());
  const { page } = await site.open(PATH);
  const { panel, status } = await openPanel(page);
  const seen: unknown[] = [];
  for (const { parameters, body, status: expected } of description.operations.flatMap(findExamplePairs)) {
    await page.getByLabel('customer', { exact: true }).fill(parameters.customer ?? '');
    await panel.getByRole('button', { name: 'Send' }).click();
    await expect.poll(() => status.textContent()).toContain(expected);
    const shown: unknown = JSON.parse((await panel.locator('.try-response figure code').textContent()) ?? '');
    const response = await fetch(`${mock.url}/v2/customers/${encodeURIComponent(parameters.customer ?? '')}`, {
      headers: { Authorization: 'Token token="YourTokenHere"' },
    });
    expect([response.status, await response.json()]).toEqual([Number(expected), shown]);
    expect(shown).toEqual(body);
    seen.push(shown);
  }
  expect(seen.length).toBeGreaterThan(5);
});

test('everything that Try it loads is smaller than 25 kB', async () => {
  const { page, log } = await site.open(PATH);
  const before = log.requests.length;
  await openPanel(page);
  const scripts = log.requests.slice(before).map((url) => new URL(url).pathname);
  const sizes = scripts.map(async (path) => brotliCompressSync(await readFile(join(DIST, path))).length);
  const size = (await Promise.all(sizes)).reduce((sum, bytes) => sum + bytes, 0);
  expect(size).toBeGreaterThan(10_000);
  expect(size).toBeLessThan(25_000);
});

test.each([1350, 390])('each example of the page is tried at once, at a width of %i', async (width) => {
  const { page } = await site.open(PATH, { viewport: { width, height: 844 } });
  const status = page.getByRole('region', { name: 'Try it' }).getByRole('status');
  const buttons = page.getByRole('button', { name: /^Try\b(?! it)/ });
  const count = await buttons.count();
  expect(count).toBeGreaterThan(4);
  for (let index = 0; index < count; index += 1) {
    const button = buttons.nth(index);
    await button.click();
    const value = (await button.getAttribute('data-value')) ?? '';
    await expect.poll(() => page.getByLabel('customer', { exact: true }).inputValue()).toBe(value);
    await expect.poll(() => status.textContent()).toMatch(/^(200OK|404Not Found|400Bad Request)/);
    // The status is in view, although the button may be far from the panel.
    await expect.poll(() => isInView(page)).toBe(true);
  }
});

test('the mock on this machine answers with its key, and the key is nowhere else', async () => {
  const mock = await startMock({ port: 0, token: KEY });
  onTestFinished(() => mock.close());
  const { page, log } = await site.open(PATH);
  const { panel, status } = await openPanel(page);
  await useServer(page, mock.url, KEY);
  for (const text of STATUSES) {
    await panel.getByRole('button', { name: text.slice(0, 3), exact: true }).click();
    await expect.poll(() => status.textContent()).toContain(text.replace(' ', ''));
    expect(await status.textContent()).toContain('from your server');
  }
  const places = await page.evaluate(() => [
    JSON.stringify({ ...localStorage }),
    JSON.stringify({ ...sessionStorage }),
    location.href,
    JSON.stringify(history.state),
    document.cookie,
    document.documentElement.outerHTML,
    document.title,
  ]);
  for (const text of [...places, ...log.listUnexpected(), ...log.requests]) expect(text).not.toContain(KEY);
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide')));
  expect(await page.getByLabel('API key').inputValue()).toBe('');
  await panel.getByRole('button', { name: 'Send' }).click();
  await expect.poll(() => status.textContent()).toContain('401');
});

test('a key that a server repeats is not shown', async () => {
  const server = createServer((request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*').setHeader('Access-Control-Allow-Headers', 'Authorization');
    response.end(JSON.stringify(request.headers));
  });
  const { port } = await listen(server, { port: 0 });
  onTestFinished(() => void server.close());
  const { page } = await site.open(PATH);
  const { panel, status } = await openPanel(page);
  await useServer(page, `http://localhost:${port}`, KEY);
  await panel.getByRole('button', { name: 'Send' }).click();
  await expect.poll(() => status.textContent()).toContain('200');
  const text = await panel.textContent();
  expect(text).toContain('Basic [key]');
  expect(text).not.toContain(btoa(`${KEY}:`));
});

test.each([
  ['https://127.0.0.1:4010', 'https'],
  ['http://[::1]:4010', 'IPv6'],
  ['http://api.example.com', 'only to this machine'],
])('nothing is sent to %s', async (url, reason) => {
  const { page, log } = await site.open(PATH);
  const { panel, status } = await openPanel(page);
  const requests = log.requests.length;
  await useServer(page, url, KEY);
  await panel.getByRole('button', { name: 'Send' }).click();
  await expect.poll(() => status.textContent()).toBe('The request was not sent.');
  expect(await panel.textContent()).toContain(reason);
  expect(log.requests.slice(requests)).toEqual([]);
});

test('an unreachable server leads to a list of what to check', async () => {
  const server = createServer();
  const { port } = await listen(server, { port: 0 });
  await new Promise((resolve) => server.close(resolve));
  const { page } = await site.open(PATH);
  const { panel, status } = await openPanel(page);
  await useServer(page, `http://127.0.0.1:${port}`, KEY);
  await panel.getByRole('button', { name: 'Send' }).click();
  await expect.poll(() => status.textContent()).toBe(`There is no response from http://127.0.0.1:${port}.`);
  expect(await panel.getByRole('listitem').count()).toBe(3);
});

test('the keyboard alone is enough, and the focus returns', async () => {
  const { page } = await site.open(PATH);
  const focused = () => page.evaluate(() => document.activeElement?.textContent || document.activeElement?.id);
  await page.getByRole('button', { name: 'Try it' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(focused).toBe('Try it');
  const status = page.getByRole('region', { name: 'Try it' }).getByRole('status');
  for (let count = 0; count < 30 && (await focused()) !== 'Send'; count += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect.poll(() => status.textContent()).toContain('200OK');
  expect(await focused()).toBe('Send');
  await page.getByLabel('customer', { exact: true }).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('cus_0000ZZZZ');
  await page.keyboard.press('Enter');
  await expect.poll(() => status.textContent()).toContain('404Not Found');
  await page.keyboard.press('Escape');
  await page.getByRole('region', { name: 'Try it' }).waitFor({ state: 'detached' });
  expect(await page.evaluate(() => document.activeElement?.getAttribute('data-try-it'))).toBe('retrieveCustomer');
});

test.each(['light', 'dark'] as const)(
  'the open panel adds no accessibility violation in %s mode',
  async (colorScheme) => {
    const { page, context } = await site.open('', { colorScheme });
    await addAxe(context);
    await page.goto(PATH);
    const before = await findViolations(page);
    const { panel, status } = await openPanel(page);
    await useServer(page, 'http://127.0.0.1:1', KEY);
    await panel.getByRole('button', { name: 'Send' }).click();
    await expect.poll(() => status.textContent()).toContain('There is no response');
    expect(await findViolations(page)).toEqual(before);
    await page.getByRole('radio', { name: /^This page/ }).check();
    await panel.getByRole('button', { name: '503', exact: true }).click();
    await expect.poll(() => status.textContent()).toContain('503');
    expect(await findViolations(page)).toEqual(before);
  },
);

test('a panel that is taller than the window scrolls, and the keyboard reaches all of it', async () => {
  const { page } = await site.open(PATH, { viewport: { width: 1350, height: 500 } });
  const { panel, status } = await openPanel(page);
  await page.mouse.wheel(0, 300);
  // The browser scrolls a moment later.
  const scroller = page.locator('.row-panel-sticky').filter({ has: panel });
  await expect.poll(() => scroller.evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(0);
  await panel.getByRole('button', { name: '200', exact: true }).press('Enter');
  await expect.poll(() => status.textContent()).toContain('200OK');
  await expect.poll(() => isInView(page)).toBe(true);
  const summary = panel.locator('summary', { hasText: 'headers' });
  await summary.focus();
  const bottom = () => summary.evaluate((element) => element.getBoundingClientRect().bottom);
  await expect.poll(bottom).toBeLessThanOrEqual(500);
  expect(await bottom()).toBeGreaterThan(0);
});

test('a chosen status does not move the buttons', async () => {
  const { page } = await site.open(PATH, { viewport: { width: 1350, height: 1000 } });
  const { panel, status } = await openPanel(page);
  const button = panel.getByRole('button', { name: '429', exact: true });
  const before = await button.boundingBox();
  for (const code of ['429', '401', '304', '200']) {
    await panel.getByRole('button', { name: code, exact: true }).click();
    await expect.poll(() => status.textContent()).toContain(code);
    expect(await button.boundingBox()).toEqual(before);
  }
});

test('the live API on this machine answers an allowed page', async () => {
  const database = { directory: await createTemporaryFolder({ onTestFinished }) };
  const { key } = await seed(database, {});
  const origin = new URL(site.url).origin;
  const api = await startApi({ database, env: {}, graceMs: 0, allowOrigins: new Set([origin]) });
  onTestFinished(() => api.close());
  const { page } = await site.open(PATH);
  const { panel, status } = await openPanel(page);
  await useServer(page, api.url, key);
  for (const text of STATUSES.slice(0, 5)) {
    await panel.getByRole('button', { name: text.slice(0, 3), exact: true }).click();
    await expect.poll(() => status.textContent()).toContain(text.replace(' ', ''));
    expect(await status.textContent()).toContain('from your server');
  }
  await page.getByLabel('API key').fill('WrongKey');
  await panel.getByRole('button', { name: 'Send' }).click();
  await expect.poll(() => status.textContent()).toContain('401Unauthorized');
});

test('an API that does not allow the page leads to a list of what to check', async () => {
  const database = { directory: await createTemporaryFolder({ onTestFinished }) };
  const { key } = await seed(database, {});
  const api = await startApi({ database, env: {}, graceMs: 0 });
  onTestFinished(() => api.close());
  const { page } = await site.open(PATH);
  const { panel, status } = await openPanel(page);
  await useServer(page, api.url, key);
  await panel.getByRole('button', { name: 'Send' }).click();
  await expect.poll(() => status.textContent()).toBe(`There is no response from ${api.url}.`);
  expect(await panel.textContent()).toContain(`Access-Control-Allow-Origin: ${new URL(site.url).origin}`);
});

test('a server that does not let pages read ETag is named', async () => {
  const server = createServer((_, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*').setHeader('Access-Control-Allow-Headers', 'Authorization');
    response.setHeader('ETag', '"1"').end('{}');
  });
  const { port } = await listen(server, { port: 0 });
  onTestFinished(() => void server.close());
  const { page } = await site.open(PATH);
  const { panel, status } = await openPanel(page);
  await useServer(page, `http://127.0.0.1:${port}`, KEY);
  await panel.getByRole('button', { name: '304', exact: true }).click();
  await expect.poll(() => status.textContent()).toBe('The response has no ETag that this page can read.');
  expect(await panel.textContent()).toContain('Access-Control-Expose-Headers: ETag');
});

test('other descriptions have a form with a body and a query', async () => {
  const folder = await createTemporaryFolder({ onTestFinished });
  const spec = (await readFile(NOTES, 'utf8')).replace(
    'parameters:',
    `parameters:
        - { name: session, in: cookie, schema: { type: string } }
        - { name: Host, in: header, schema: { type: string } }
        - { name: Trace, in: header, schema: { type: string } }`,
  );
  const content = await readContent(SOURCES);
  await buildSite(
    { ...content, spec, guides: [], samples: [] },
    { address: parseAddress('/'), folder, shouldCompress: false },
  );
  await using notes = await openSite({ folder });
  const { page } = await notes.open('notes/createnote');
  const { panel, status } = await openPanel(page);
  await panel.getByRole('button', { name: 'Send' }).click();
  await expect.poll(() => status.textContent()).toContain('201Created');
  await page.goto('notes/listnotes');
  await openPanel(page);
  await page.getByLabel('limit', { exact: true }).fill('0');
  await panel.getByRole('button', { name: 'Send' }).click();
  await expect.poll(() => status.textContent()).toContain('400Bad Request');
  const texts = await panel.locator('.try-field').allTextContents();
  const names = texts
    .filter((text) => text.includes('Browsers do not let a page send this'))
    .map((text) => text.slice(0, 4));
  expect(names).toEqual(['sess', 'Host']);
});

test('the code is the request that was sent, also with a wrong key and with the header Prefer', async () => {
  const { page } = await site.open(PATH);
  const { panel, status } = await openPanel(page);
  const code = panel.getByRole('region', { name: 'The same request' }).locator('code:visible');
  const before = await code.textContent();
  await panel.getByRole('button', { name: '401', exact: true }).click();
  await expect.poll(() => status.textContent()).toContain('401');
  expect(await code.textContent()).toContain('WrongKey');
  await panel.getByText('Sent with the wrong key “WrongKey”.').waitFor();
  await panel.getByRole('button', { name: '503', exact: true }).click();
  await expect.poll(() => code.textContent()).toContain('Prefer: code=503');
  expect(await code.textContent()).not.toContain('WrongKey');
  await panel.getByRole('button', { name: 'Send' }).click();
  await expect.poll(() => code.textContent()).toBe(before);
});

test.each([
  ['search', (page: Page) => page.keyboard.press('Control+k')],
  ['Try it', (page: Page) => page.getByRole('button', { name: 'Try it' }).click()],
])('without a network, the page says that %s could not be loaded', async (_, open) => {
  const { context, page, log } = await site.open(PATH);
  await context.setOffline(true);
  await open(page);
  const toast = page.locator('.toast');
  await expect.poll(() => toast.textContent()).toMatch(/could not be loaded.*reload the page/);
  expect(await toast.getAttribute('role')).toBe('status');
  expect(log.listUnexpected().filter((message) => !message.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([]);
  await context.setOffline(false);
  await page.reload();
  await open(page);
  await page.locator('dialog[open], .try-panel').first().waitFor();
});

test.each([
  [1350, 900],
  [390, 844],
])('the outcome is in view after Send at %i × %i, wherever the page was', async (width, height) => {
  const { page } = await site.open(PATH, { viewport: { width, height } });
  const { panel, status } = await openPanel(page);
  const send = panel.getByRole('button', { name: 'Send' });
  await useServer(page, 'http://127.0.0.1:1', KEY);
  await send.click();
  await expect.poll(() => status.textContent()).toContain('There is no response');
  const hints = panel.getByRole('listitem');
  const { y = 0, height: size = 0 } = (await hints.first().boundingBox()) ?? {};
  expect(await isInView(page)).toBe(true);
  expect(y + size).toBeLessThanOrEqual(height);
  await page.getByRole('radio', { name: /^This page/ }).check();
  await send.press('Enter');
  await expect.poll(() => status.textContent()).toContain('200OK');
  expect(await isInView(page)).toBe(true);
});

test('a changed form marks the response as that of the earlier request, until the next one', async () => {
  const { page, context } = await site.open('', {});
  await addAxe(context);
  await page.goto(PATH);
  const violations = await findViolations(page);
  const { panel, status } = await openPanel(page);
  const send = panel.getByRole('button', { name: 'Send' });
  const earlier = panel.locator('.try-earlier');
  const words = 'For the earlier request.';
  const customer = page.getByLabel('customer', { exact: true });
  await customer.fill('cus_0000ZZZZ');
  expect(await status.textContent()).toBe('');
  const changes = [
    () => customer.fill('cus_1'),
    () => page.getByLabel('A server on this machine').check(),
    () => page.getByRole('radio', { name: /^This page/ }).check(),
  ];
  for (const change of changes) {
    await page.getByRole('radio', { name: /^This page/ }).setChecked(true);
    if (change === changes[2]) await useServer(page, 'http://127.0.0.1:1', KEY);
    await send.click();
    await expect.poll(() => status.textContent()).toMatch(/^(4|There is no response)/);
    expect(await earlier.count()).toBe(0);
    await change();
    expect(await status.textContent()).toContain(words);
    expect(await earlier.count()).toBe(1);
    expect(await findViolations(page)).toEqual(violations);
  }
  await panel.getByRole('button', { name: '200', exact: true }).click();
  await expect.poll(() => status.textContent()).toContain('200OK');
  expect(await status.textContent()).not.toContain(words);
  expect(await earlier.count()).toBe(0);
});

test.each(['start', 'center', 'end'] as const)(
  'on a phone, the title of the panel is below the bar, with the button at the %s',
  async (block) => {
    const { page } = await site.open(PATH, { viewport: PHONE });
    const button = page.getByRole('button', { name: 'Try it' });
    await button.evaluate((element, place) => element.scrollIntoView({ block: place }), block);
    await button.press('Enter');
    const title = page.getByRole('heading', { name: 'Try it' });
    await title.waitFor();
    const bar = await page.locator('.bar').boundingBox();
    const { y = 0, height = 0 } = (await title.boundingBox()) ?? {};
    expect(y).toBeGreaterThanOrEqual((bar?.y ?? Number.NaN) + (bar?.height ?? Number.NaN));
    expect(y + height).toBeLessThan(PHONE.height / 2);
  },
);
