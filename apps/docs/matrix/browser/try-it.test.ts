import { createServer } from 'node:http';
import { hasChromium, launchBrowser, type Page, requireBrowser } from '@firstofficer/browser';
import { listen } from '@firstofficer/common/listen';
import { startMock } from '@firstofficer/mock';
import { findExamplePairs, loadDescription } from '@firstofficer/openapi';
import { afterAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { NOTES } from '../../test/fixtures.ts';
import { addAxe, findViolations } from './site.ts';
import { serveTryIt } from './try-it-page.ts';

const SPEC = new URL(import.meta.resolve('@firstofficer/spec/openapi.yaml'));
const KEY = 'sesame-open-42';

beforeEach(requireBrowser);
const browser = hasChromium() ? await launchBrowser() : undefined;
const site = await serveTryIt(SPEC, ['retrieveCustomer']);
afterAll(async () => {
  await browser?.close();
  await site[Symbol.asyncDispose]();
});

async function open(
  url = site.url,
  settings: { colorScheme?: 'dark'; viewport?: { width: number; height: number } } = {},
) {
  if (!browser) throw new Error('There is no browser, so the test should have been skipped.');
  const context = await browser.newContext(settings);
  onTestFinished(() => context.close());
  const messages: string[] = [];
  context
    .on('console', (message) => messages.push(message.text()))
    .on('weberror', ({ error }) => messages.push(String(error())));
  await addAxe(context);
  const page = await context.newPage();
  await page.goto(url);
  return { context, page, messages };
}

async function openPanel(page: Page) {
  await page.getByRole('button', { name: 'Try it' }).first().click();
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

test('every documented status is one click away, offline and without a request', async () => {
  const { context, page, messages } = await open();
  const { panel, status } = await openPanel(page);
  await context.setOffline(true);
  const requests: string[] = [];
  context.on('request', (request) => requests.push(request.url()));
  for (const text of STATUSES) {
    await panel.getByRole('button', { name: text.slice(0, 3), exact: true }).click();
    await expect.poll(() => status.textContent()).toContain(text.replace(' ', ''));
    expect(await status.textContent()).toContain('in this page');
  }
  expect(requests).toEqual([]);
  expect(messages).toEqual([]);
});

test('the page gives the answers of the mock for every example', async () => {
  const mock = await startMock({ port: 0 });
  onTestFinished(() => mock.close());
  const { operations } = await loadDescription(SPEC);
  const { page } = await open();
  const { panel, status } = await openPanel(page);
  const seen: unknown[] = [];
  for (const { parameters, body, status: expected } of operations.flatMap(findExamplePairs)) {
    await page.getByLabel('customer', { exact: true }).fill(parameters.customer ?? '');
    await panel.getByRole('button', { name: 'Send' }).click();
    await expect.poll(() => status.textContent()).toContain(expected);
    const shown: unknown = JSON.parse((await panel.locator('.try-answer figure code').textContent()) ?? '');
    const response = await fetch(`${mock.url}/v2/customers/${encodeURIComponent(parameters.customer ?? '')}`, {
      headers: { Authorization: 'Token token="YourTokenHere"' },
    });
    expect([response.status, await response.json()]).toEqual([Number(expected), shown]);
    expect(shown).toEqual(body);
    seen.push(shown);
  }
  expect(seen.length).toBeGreaterThan(5);
});

test('everything that Try it loads is smaller than 25 kB', () => {
  expect(site.size).toBeGreaterThan(10_000);
  expect(site.size).toBeLessThan(25_000);
});

test('an example of the page is tried at once', async () => {
  const { page } = await open();
  await page.locator('.try-example').click();
  await expect
    .poll(() => page.getByRole('region', { name: 'Try it' }).getByRole('status').textContent())
    .toContain('404');
  expect(await page.getByLabel('customer', { exact: true }).inputValue()).toBe('cus_0000ZZZZ');
});

test('the mock on this machine answers with its key, and the key is nowhere else', async () => {
  const mock = await startMock({ port: 0, token: KEY });
  onTestFinished(() => mock.close());
  const { page, messages } = await open();
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
  for (const text of [...places, ...messages, ...site.requests]) expect(text).not.toContain(KEY);
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
  const { page } = await open();
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
  const { context, page } = await open();
  const { panel, status } = await openPanel(page);
  const requests: string[] = [];
  context.on('request', (request) => requests.push(request.url()));
  await useServer(page, url, KEY);
  await panel.getByRole('button', { name: 'Send' }).click();
  await expect.poll(() => status.textContent()).toBe('The request was not sent.');
  expect(await panel.textContent()).toContain(reason);
  expect(requests).toEqual([]);
});

test('an unreachable server leads to a list of what to check', async () => {
  const server = createServer();
  const { port } = await listen(server, { port: 0 });
  await new Promise((resolve) => server.close(resolve));
  const { page } = await open();
  const { panel, status } = await openPanel(page);
  await useServer(page, `http://127.0.0.1:${port}`, KEY);
  await panel.getByRole('button', { name: 'Send' }).click();
  await expect.poll(() => status.textContent()).toBe(`There is no response from http://127.0.0.1:${port}.`);
  expect(await panel.getByRole('listitem').count()).toBe(3);
});

test('the keyboard alone is enough, and the focus returns', async () => {
  const { page } = await open();
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
  'the open panel has no accessibility violation in %s mode',
  async (colorScheme) => {
    const { page } = await open(site.url, { ...(colorScheme === 'dark' && { colorScheme }) });
    const { panel, status } = await openPanel(page);
    await useServer(page, 'http://127.0.0.1:1', KEY);
    await panel.getByRole('button', { name: 'Send' }).click();
    await expect.poll(() => status.textContent()).toContain('There is no response');
    expect(await findViolations(page)).toEqual([]);
    await page.getByLabel('This page').check();
    await panel.getByRole('button', { name: '503', exact: true }).click();
    await expect.poll(() => status.textContent()).toContain('503');
    expect(await findViolations(page)).toEqual([]);
  },
);

test('the panel fits a phone', async () => {
  const { page } = await open(site.url, { viewport: { width: 390, height: 844 } });
  const { panel, status } = await openPanel(page);
  await panel.getByRole('button', { name: '429', exact: true }).click();
  await expect.poll(() => status.textContent()).toContain('429');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});

test('other descriptions have a form with a body and a query', async () => {
  await using notes = await serveTryIt(NOTES, ['createNote', 'listNotes']);
  const { page } = await open(notes.url);
  const { panel, status } = await openPanel(page);
  await panel.getByRole('button', { name: 'Send' }).click();
  await expect.poll(() => status.textContent()).toContain('201Created');
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Try it' }).nth(1).click();
  await page.getByLabel('limit', { exact: true }).fill('0');
  await panel.getByRole('button', { name: 'Send' }).click();
  await expect.poll(() => status.textContent()).toContain('400Bad Request');
});
