import { appendFile, rm, writeFile } from 'node:fs/promises';
import { expect, onTestFinished, test } from 'vitest';
import { startPreview } from '../../src/dev/preview.ts';
import { copyContent, followChanges } from './dev-server.ts';

const GUIDE = 'apps/docs/guides/2-authentication.md';

/** Serves a preview of a copy. Nothing watches the copy: the tests call `refresh`. */
async function startTestPreview() {
  const copy = await copyContent();
  const counter = { renderings: 0 };
  const site = await startPreview({ sources: copy.sources, port: 0, onRender: () => counter.renderings++ });
  onTestFinished(() => site.close());
  const fetchPage = async (path: string) => {
    const response = await fetch(site.url + path);
    return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
  };
  return { copy, site, counter, fetchPage };
}

test('after several quick saves only the last one is rendered', async () => {
  const { copy, site, counter, fetchPage } = await startTestPreview();
  await copy.edit(GUIDE, '\n\n', '\n\nSave 0. ');
  const saves = [site.refresh()];
  for (const number of [1, 2, 3]) {
    await copy.edit(GUIDE, `Save ${number - 1}.`, `Save ${number}.`);
    saves.push(site.refresh());
  }
  await Promise.all(saves);

  expect(counter.renderings).toBe(1);
  expect((await fetchPage('/authentication')).text).toContain('Save 3.');
});

test('an open page receives the version when it connects and after each change', async () => {
  const { site, fetchPage } = await startTestPreview();
  await site.refresh();
  using changes = await followChanges(site.url);
  const first = await changes.next();
  expect((await fetchPage('/')).text).toContain(`data-version="${first}"`);

  await site.refresh();
  const second = await changes.next();
  expect(second).not.toBe(first);
  expect((await fetchPage('/')).text).toContain(`data-version="${second}"`);
});

test('before the first rendering the server sends a page that reloads later', async () => {
  const { fetchPage } = await startTestPreview();

  expect(await fetchPage('/')).toMatchObject({ status: 404, text: expect.stringContaining('/-/reload.js') });
});

test('an unknown or undecodable path returns 404, and the server keeps running', async () => {
  const { site, fetchPage } = await startTestPreview();
  await site.refresh();

  for (const path of ['/%', '/%E0%A4%A', '/no-such-page']) expect((await fetchPage(path)).status).toBe(404);
  expect(await fetchPage('/authentication/')).toMatchObject({ status: 200, type: 'text/html; charset=utf-8' });
});

test('without a configuration file the linter uses its default rules', async () => {
  const { copy, site, fetchPage } = await startTestPreview();
  await rm(copy.path('spec/redocly.yaml'));
  await copy.edit('spec/openapi.yaml', '  title:', '  tittle:');
  await site.refresh();

  expect((await fetchPage('/')).text).toContain('openapi.yaml:3:3 #/info/tittle');
});

test('an invalid linter configuration is shown with its location, but without the path of the folder', async () => {
  const { copy, site, fetchPage } = await startTestPreview();
  await writeFile(copy.path('spec/redocly.yaml'), 'rules: [\n');
  await site.refresh();

  const { text } = await fetchPage('/');
  expect(text).toContain('Failed to load the configuration file');
  expect(text).toMatch(/redocly\.yaml&quot; \(\d+:\d+\)/);
  expect(text).not.toContain(copy.path(''));
});

test('a missing spec is reported with its file name', async () => {
  const { copy, site, fetchPage } = await startTestPreview();
  await rm(copy.path('spec/openapi.yaml'));
  await site.refresh();

  expect((await fetchPage('/')).text).toContain('openapi.yaml');
});

test('files that are not pages stay unchanged while the spec has an error', async () => {
  const { copy, site, fetchPage } = await startTestPreview();
  await site.refresh();
  const before = await fetchPage('/openapi.json');
  await appendFile(copy.path('spec/openapi.yaml'), 'a: [\n');
  await site.refresh();

  expect((await fetchPage('/')).text).toContain('The docs cannot be built');
  expect(await fetchPage('/openapi.json')).toEqual(before);
});
