import { writeFile } from 'node:fs/promises';
import { type Browser, hasChromium, launchBrowser, type Page, requireBrowser } from '@firstofficer/browser';
import { afterAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { type Copy, copyContent, type DevServer, startDevServer } from '../test/dev/dev-server.ts';

const GUIDE = 'apps/docs/guides/2-authentication.md';

let copy: Copy;
let server: DevServer;

// Not in a hook: the installation of Chromium may take longer than the timeout of hooks.
const browser = hasChromium() ? await launchBrowser() : undefined;
afterAll(() => browser?.close());

beforeEach(requireBrowser);
beforeEach(async () => {
  copy = await copyContent();
  onTestFinished(() => copy[Symbol.asyncDispose]());
  server = await startDevServer(copy.sources);
  onTestFinished(() => server[Symbol.asyncDispose]());
});

/** Opens a page. The test does not reload it: the page must reload itself. */
async function open(path: string): Promise<Page> {
  const page = await (browser as Browser).newPage();
  onTestFinished(() => page.close());
  await page.goto(server.url + path);
  return page;
}

const shows = (page: Page, text: string) => page.getByText(text).first().waitFor();

const isTitled = (page: Page, title: string) => page.waitForFunction((expected) => document.title === expected, title);

async function problems(page: Page): Promise<{ place: string; message: string }[]> {
  await page.getByRole('heading', { name: 'The docs cannot be built' }).waitFor();
  return page.locator('li').evaluateAll((items) =>
    items.map((item) => ({
      place: item.querySelector('code')?.textContent ?? '',
      message: item.querySelector('pre')?.textContent ?? '',
    })),
  );
}

test('an open page shows an edit of the spec', async () => {
  const page = await open('/');
  await copy.edit('spec/openapi.yaml', 'info:\n', 'info:\n  x-note: kept\n');
  await copy.edit('spec/openapi.yaml', '  title: ', '  title: Renamed ');

  await page.waitForFunction(() => document.title.startsWith('Renamed '));
});

test('an open page shows an edit of a guide and of a sample', async () => {
  const page = await open('/authentication');
  await copy.edit(GUIDE, '\n\n', '\n\nThis is new. ');
  await shows(page, 'This is new.');

  await page.goto(`${server.url}/get-started`);
  await copy.edit('apps/docs/samples/retrieveCustomer/1-retrieve/curl.sh', 'curl', '# Also new\ncurl');
  await shows(page, '# Also new');
});

test('an open page shows an edit of the theme', async () => {
  const page = await open('/');
  await copy.edit('apps/docs/src/theme/theme.css', 'body {', 'body {\n  outline: 3px solid rgb(1, 2, 3);');

  await page.waitForFunction(() => getComputedStyle(document.body).outlineColor === 'rgb(1, 2, 3)');
});

test('an open page shows an error in the spec with its location, and the page returns after the fix', async () => {
  const page = await open('/authentication');
  const title = await page.title();
  await copy.edit('spec/openapi.yaml', '  title:', '  tittle:');

  expect(await problems(page)).toContainEqual({
    place: 'openapi.yaml:3:3 #/info/tittle',
    message: 'Property `tittle` is not expected here. Did you mean title?',
  });

  await copy.edit('spec/openapi.yaml', '  tittle:', '  title:');
  await isTitled(page, title);
  expect(new URL(page.url()).pathname).toBe('/authentication');
});

test('an open page shows invalid YAML with its location, and the page returns after the fix', async () => {
  const page = await open('/');
  const title = await page.title();
  await copy.edit('spec/openapi.yaml', 'info:\n', 'info: [\n');

  const [first] = await problems(page);
  expect(first?.place).toMatch(/^openapi\.yaml:\d+:\d+$/);
  expect(first?.message).not.toBe('');

  await copy.edit('spec/openapi.yaml', 'info: [\n', 'info:\n');
  await isTitled(page, title);
});

test.for([
  ['[more](no-such-guide.md)', 'the link to no-such-guide.md is broken: there is no guide no-such-guide.md.'],
  [
    '[more](reference:operation/noSuchOperation)',
    'the link to reference:operation/noSuchOperation is broken: the reference has no operation/noSuchOperation.',
  ],
] as const)(
  'an open page shows the broken link %s with its location, and the page returns after the fix',
  async ([link, message]) => {
    const page = await open('/authentication');
    const title = await page.title();
    await copy.edit(GUIDE, '\n\n', `\n\n${link} `);

    expect(await problems(page)).toEqual([{ place: '', message: `guides/2-authentication.md:3: ${message}` }]);

    await copy.edit(GUIDE, `${link} `, '');
    await isTitled(page, title);
  },
);

test('an invalid guide or a guide with a missing file is named', async () => {
  const page = await open('/');
  await copy.edit(GUIDE, '# ', '## ');
  const [heading] = await problems(page);
  expect(heading?.message).toMatch(/^guides\/2-authentication\.md: start with/);

  await copy.edit(GUIDE, '## ', '# ');
  await shows(page, 'Get started');
  await copy.edit('apps/docs/guides/1-get-started.md', 'file=../samples/', 'file=../simples/');
  const [file] = await problems(page);
  expect(file?.message).toMatch(/^guides\/1-get-started\.md:\d+: there is no file \.\.\/simples\//);
});

test('temporary files of editors are not guides', async () => {
  const page = await open('/authentication');
  for (const name of ['.2-authentication.md.swp', '.#2-authentication.md', '2-authentication.md~']) {
    await writeFile(copy.path(`apps/docs/guides/${name}`), 'of an editor');
  }
  await copy.edit(GUIDE, '\n\n', '\n\nThis is new. ');

  await shows(page, 'This is new.');
});

test('a page that was open before a restart of the server shows edits after it', async () => {
  const page = await open('/authentication');
  const { port } = new URL(server.url);
  await server[Symbol.asyncDispose]();
  await copy.edit(GUIDE, '\n\n', '\n\nThis is new. ');
  const again = await startDevServer(copy.sources, Number(port));
  onTestFinished(() => again[Symbol.asyncDispose]());

  await shows(page, 'This is new.');
});
