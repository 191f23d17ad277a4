import type { Locator } from '@firstofficer/browser';
import { findExamplePairs } from '@firstofficer/openapi';
import { afterAll, expect, test } from 'vitest';
import { SOURCES } from '../../src/content/read-content.ts';
import { readSamples } from '../../src/content/samples.ts';
import { splitExpectedOutput } from '../../src/page/expected-output.ts';
import { description } from '../../test/fixtures.ts';
import { openSite } from './site.ts';

const site = await openSite();
afterAll(() => site[Symbol.asyncDispose]());
const { operations } = description;
const PHONE = { viewport: { width: 390, height: 844 } };

/** Returns the code of each sample, and what it prints. */
async function listSampleParts(): Promise<string[]> {
  return (await readSamples(SOURCES.samples)).flatMap(({ source }) => {
    const { code, output } = splitExpectedOutput(source);
    return output ? [code, output.code] : [code];
  });
}

test('the page of an operation contains every parameter, member, status, example and sample', async () => {
  const { page } = await site.open('customers/retrievecustomer/', { javaScriptEnabled: false });
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
  const samples = await listSampleParts();
  for (const part of [...names, ...statuses, ...values, ...samples]) expect(text).toContain(flat(String(part)).trim());
});

test('the page of an operation shows each example and each sample once, and is not long', async () => {
  const { page } = await site.open('customers/retrievecustomer/', { ...PHONE, javaScriptEnabled: false });
  const listCodes = async (part: Locator) =>
    (await part.locator('pre code').allTextContents()).map((code) => code.trim());
  const [operation] = operations;
  if (!operation) throw new Error('the spec has no operation.');

  for (const { status, body } of findExamplePairs(operation)) {
    const response = page.locator(`[id$="t=response&c=${status}"]`);
    expect(await listCodes(response)).toContain(JSON.stringify(body, null, 2));
  }
  for (const response of await page.locator('details.response').all()) {
    const codes = await listCodes(response);
    expect(codes).toEqual([...new Set(codes)]);
  }
  expect((await listCodes(page.locator('.samples'))).toSorted()).toEqual((await listSampleParts()).toSorted());
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(9_000);
});
