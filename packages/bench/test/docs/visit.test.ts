import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, hasChromium, launchBrowser, needsBrowser } from '@firstofficer/browser';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { violations } from '../../src/docs/accessibility.ts';
import { DESKTOP } from '../../src/docs/device.ts';
import { openFresh } from '../../src/docs/open.ts';
import { precompress } from '../../src/docs/precompress.ts';
import { serveFolder } from '../../src/docs/serve.ts';
import { visit } from '../../src/docs/visit.ts';
import { textWithoutScript } from '../../src/docs/without-script.ts';

// Allows nothing that it does not bring itself, as our own page does.
const PAGE = `<!doctype html>
<html lang="en">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; connect-src 'self'">
<title>Reference</title>
<main><h1>Reference</h1><a href="/more/">Retrieve it</a><button>Search</button><input></main>
<script src="use.js"></script>
<!-- ${'Long enough to be worth compressing. '.repeat(1_000)} -->
`;
const SCRIPT = `document.querySelector('a').onclick = (event) => { event.preventDefault(); fetch('/more.json'); }`;

// Here rather than in the test, whose time limit the installation of Chromium may exceed.
const launched = hasChromium() ? await launchBrowser() : undefined;
afterAll(() => launched?.close());

test('a page is measured under a strict policy', async (context) => {
  needsBrowser(context);
  const browser = launched as Browser;
  const folder = await mkdtemp(join(tmpdir(), 'firstofficer-docs-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'index.html'), PAGE);
  await writeFile(join(folder, 'use.js'), SCRIPT);
  await writeFile(join(folder, 'more.json'), JSON.stringify('more'.repeat(10_000)));
  await precompress(folder);
  await using server = await serveFolder(folder);

  const { vitals, firstLoad, firstUse } = await visit(browser, { name: 'Reference', server }, DESKTOP, {
    label: 'Retrieve it',
    group: 'Things',
  });
  expect(vitals.lcp).toBeGreaterThan(0);
  expect(firstLoad).toBeGreaterThan(100);
  expect(firstLoad).toBeLessThan(PAGE.length / 10);
  // Brotli makes next to nothing of it.
  expect(firstUse - firstLoad).toBeGreaterThan(0);
  expect(firstUse - firstLoad).toBeLessThan(1_000);

  await using fresh = await openFresh(browser, DESKTOP);
  await fresh.page.goto(server.url);
  expect((await violations(fresh.page)).critical).toEqual(['label']);
  expect(await textWithoutScript(browser, server.url)).toContain('Retrieve it');
});
