import { writeFile } from 'node:fs/promises';
import { type Browser, hasChromium, launchBrowser, type Page, requireBrowser } from '@firstofficer/browser';
import { afterAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { type Copy, copyContent, type DevServer, startDevServer } from './dev/dev-server.ts';

const GUIDE = 'apps/docs/guides/2-authentication.md';

let copy: Copy;
let server: DevServer;

// Not in a hook: the installation of Chromium may take longer than the timeout of hooks.
const browser = hasChromium() ? await launchBrowser() : undefined;
afterAll(() => browser?.close());

beforeEach(requireBrowser);
beforeEach(async () => {
  copy = await copyContent();
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

const waitForText = (page: Page, text: string) => page.getByText(text).first().waitFor();

const waitForTitle = (page: Page, title: string) =>
  page.waitForFunction((expected) => document.title === expected, title);

async function readProblems(page: Page): Promise<{ place: string; message: string }[]> {
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
  await waitForText(page, 'This is new.');

  await page.goto(`${server.url}/get-started`);
  await copy.edit('apps/docs/samples/retrieveCustomer/1-retrieve/curl.sh', 'curl', '# Also new\ncurl');
  await waitForText(page, '# Also new');
});

test('an open page shows an edit of the theme', async () => {
  const page = await open('/');
  await copy.edit('apps/docs/src/theme/base.css', 'body {', 'body {\n  outline: 3px solid rgb(1, 2, 3);');

  await page.waitForFunction(() => getComputedStyle(document.body).outlineColor === 'rgb(1, 2, 3)');
});

const GUIDE_LINE = 'guides/2-authentication.md:3';

test.for([
  {
    error: 'an unknown member in the spec',
    edit: ['spec/openapi.yaml', '  title:', '  tittle:'],
    problem: {
      place: 'openapi.yaml:3:3 #/info/tittle',
      message: 'Property `tittle` is not expected here. Did you mean title?',
    },
  },
  {
    error: 'invalid YAML in the spec',
    edit: ['spec/openapi.yaml', 'info:\n', 'info: [\n'],
    problem: { place: expect.stringMatching(/^openapi\.yaml:\d+:\d+$/), message: expect.stringMatching(/./) },
  },
  {
    error: 'a broken link to a guide',
    edit: [GUIDE, '\n\n', '\n\n[more](no-such-guide.md) '],
    problem: {
      place: '',
      message: `${GUIDE_LINE}: the link to no-such-guide.md is broken: there is no guide no-such-guide.md.`,
    },
  },
  {
    error: 'a broken link to the reference',
    edit: [GUIDE, '\n\n', '\n\n[more](reference:operation/none) '],
    problem: {
      place: '',
      message: `${GUIDE_LINE}: the link to reference:operation/none is broken: the reference has no operation/none.`,
    },
  },
] as const)(
  'an open page shows $error with its location, and the page returns after the fix',
  async ({ edit, problem }) => {
    const [file, text, replacement] = edit;
    const page = await open('/authentication');
    const title = await page.title();
    await copy.edit(file, text, replacement);

    expect(await readProblems(page)).toContainEqual(problem);

    await copy.edit(file, replacement, text);
    await waitForTitle(page, title);
    expect(new URL(page.url()).pathname).toBe('/authentication');
  },
);

test('an open page names a guide that is invalid or includes a missing file', async () => {
  const page = await open('/');
  await copy.edit(GUIDE, '# ', '## ');
  const [heading] = await readProblems(page);
  expect(heading?.message).toMatch(/^guides\/2-authentication\.md: start with/);

  await copy.edit(GUIDE, '## ', '# ');
  await waitForText(page, 'Get started');
  await copy.edit('apps/docs/guides/1-get-started.md', 'file=../samples/', 'file=../simples/');
  const [file] = await readProblems(page);
  expect(file?.message).toMatch(/^guides\/1-get-started\.md:\d+: there is no file \.\.\/simples\//);
});

test('the preview ignores temporary files of editors', async () => {
  const page = await open('/authentication');
  for (const name of ['.2-authentication.md.swp', '.#2-authentication.md', '2-authentication.md~']) {
    await writeFile(copy.path(`apps/docs/guides/${name}`), 'of an editor');
  }
  await copy.edit(GUIDE, '\n\n', '\n\nThis is new. ');

  await waitForText(page, 'This is new.');
});

test('an open page shows an edit after the server has restarted', async () => {
  const page = await open('/authentication');
  const { port } = new URL(server.url);
  await server[Symbol.asyncDispose]();
  await copy.edit(GUIDE, '\n\n', '\n\nThis is new. ');
  const again = await startDevServer(copy.sources, Number(port));
  onTestFinished(() => again[Symbol.asyncDispose]());

  await waitForText(page, 'This is new.');
});
