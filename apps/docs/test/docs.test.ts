import { examplePairs, loadDescription } from '@firstofficer/openapi';
import { expect, onTestFinished, test } from 'vitest';
import { serveDocs } from '../src/index.ts';

const { document, operations } = await loadDescription(new URL(import.meta.resolve('@firstofficer/spec/openapi.yaml')));

async function page(path = '/') {
  const docs = await serveDocs();
  onTestFinished(() => docs.close());
  const response = await fetch(docs.url + path);
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
}

test('the page is served with the title of the spec', async () => {
  const { status, type, text } = await page();
  const { title } = document.info as { title: string };

  expect(status).toBe(200);
  expect(type).toContain('text/html');
  expect(text).toContain(`<title>${title}`);
});

test('the page carries every operation and every example of the spec', async () => {
  const { text } = await page();

  for (const operation of operations) {
    expect(text).toContain(`"${operation.id}"`);
    // As an entry of a list of examples: members of a customer have names like these.
    for (const { name } of examplePairs(operation)) expect(text).toContain(`"${name}":{"summary"`);
  }
});

test('no tag of the page points elsewhere: no script, no style, no font, no picture', async () => {
  const { text } = await page();
  const loaded = [...text.matchAll(/<(?:script|img|link)\b[^>]*?\b(?:src|href)="([^"]*)"/g)].map(([, url]) => url);

  expect(loaded.filter((url) => /^(https?:)?\/\//.test(url ?? ''))).toEqual([]);
});

test('an address that does not exist gets 404', async () => {
  expect((await page('/no-such-page')).status).toBe(404);
});

test('a taken port is refused', async () => {
  const docs = await serveDocs();
  onTestFinished(() => docs.close());

  await expect(serveDocs({ port: Number(new URL(docs.url).port) })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
