import { findExamplePairs } from '@firstofficer/openapi';
import { afterAll, expect, test } from 'vitest';
import { SOURCES } from '../../src/content/read-content.ts';
import { readSamples } from '../../src/content/samples.ts';
import { DIST } from '../../src/index.ts';
import { description } from '../../test/fixtures.ts';
import { listRoutes, openSite } from './site.ts';

const site = await openSite();
afterAll(() => site[Symbol.asyncDispose]());
const { operations } = description;
const routes = await listRoutes(DIST);

test('the page of an operation contains every parameter, member, status, example and sample', async () => {
  await using reader = await site.reader({ javaScriptEnabled: false });
  const { page } = reader;
  await page.goto('customers/retrievecustomer/');
  const flat = (text: string | null) => (text ?? '').replaceAll(/\s+/g, ' ');
  const text = flat(await page.locator('body').textContent());
  const [operation] = operations;
  if (!operation) throw new Error('the spec has no operation.');

  const names = operation.parameters.map(({ name }) => name);
  const statuses = Object.keys(operation.responses);
  const values = findExamplePairs(operation).flatMap(({ parameters, body }) => [
    ...Object.values(parameters).filter(Boolean),
    ...JSON.stringify(body, null, 2).split('\n'),
  ]);
  const samples = (await readSamples(SOURCES.samples)).map(({ source }) => source);
  for (const part of [...names, ...statuses, ...values, ...samples]) expect(text).toContain(flat(String(part)).trim());
});

test('every link leads to a page of the site, and every download exists', async () => {
  await using reader = await site.reader({ javaScriptEnabled: false });
  const { page } = reader;
  const links = new Set<string>();
  for (const route of routes) {
    await page.goto(route === '' ? '.' : `${route}/`);
    const found = await page
      .locator('a[href], link[href]')
      .evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).href));
    for (const link of found) links.add(link.replace(/#.*/, ''));
  }
  const own = [...links].filter((link) => link.startsWith(site.url));

  expect(own.length).toBeGreaterThan(routes.length);
  for (const link of own) expect(`${link} ${(await fetch(link)).status}`).toBe(`${link} 200`);
});
