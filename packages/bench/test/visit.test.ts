import { type Browser, hasChromium, launchBrowser, requireBrowser } from '@firstofficer/browser';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { afterAll, expect, test } from 'vitest';
import { compressFiles, serveFolder } from '../src/docs/host.ts';
import { findViolations, readTextWithoutScript } from '../src/docs/inspect.ts';
import { DESKTOP, openFreshPage, visit } from '../src/docs/visit.ts';

// The content security policy allows only files of the same origin, like the policy of our site.
const PAGE = `<!doctype html>
<html lang="en">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; connect-src 'self'">
<title>Reference</title>
<main><h1>Reference</h1><a href="/more/">Retrieve it</a><button hidden>Try it</button><button hidden>Send</button><button>Search</button><input></main>
<script src="use.js"></script>
<!-- ${'Long enough to be worth compressing. '.repeat(1_000)} -->
`;
const SCRIPT = `document.querySelector('a').onclick = (event) => { event.preventDefault(); fetch('/more.json'); open(0); };
const [tryIt, send] = document.querySelectorAll('button');
const open = (place) => { document.querySelectorAll('button')[place].hidden = false; };
tryIt.onclick = () => open(1);
send.onclick = () => fetch('/sent.json');`;

// Not in the test, because the installation of Chromium may exceed the timeout of a test.
const launched = hasChromium() ? await launchBrowser() : undefined;
afterAll(() => launched?.close());

test('measures a page with a strict content security policy', async (context) => {
  requireBrowser(context);
  const browser = launched as Browser;
  const folder = await createTemporaryFolder(context, {
    'index.html': PAGE,
    'use.js': SCRIPT,
    'more.json': JSON.stringify('more'.repeat(10_000)),
    'sent.json': JSON.stringify(Array.from({ length: 1_000 }, (_, index) => index * 7919)),
  });
  await compressFiles(folder);
  await using server = await serveFolder(folder);

  const { vitals, firstLoad, firstUse } = await visit(browser, server.url, {
    device: DESKTOP,
    item: { label: 'Retrieve it', group: 'Things' },
  });
  expect(vitals.lcp).toBeGreaterThan(0);
  expect(firstLoad).toBeGreaterThan(100);
  expect(firstLoad).toBeLessThan(PAGE.length / 10);
  // Brotli compresses the repetitive file to a few bytes. The file that Send loads is larger.
  expect(firstUse - firstLoad).toBeGreaterThan(1_000);
  expect(firstUse - firstLoad).toBeLessThan(5_000);

  await using fresh = await openFreshPage(browser, DESKTOP);
  await fresh.page.goto(server.url);
  expect((await findViolations(fresh.page)).critical).toEqual(['label']);
  expect(await readTextWithoutScript(browser, server.url)).toContain('Retrieve it');
});
