import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser } from '@firstofficer/browser';
import { expect, onTestFinished, test } from 'vitest';
import { violations } from '../../bench/accessibility.ts';
import { DESKTOP } from '../../bench/device.ts';
import { openFresh } from '../../bench/open.ts';
import { precompress } from '../../bench/precompress.ts';
import { serveFolder } from '../../bench/serve.ts';
import { visit } from '../../bench/visit.ts';
import { textWithoutScript } from '../../bench/without-script.ts';

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

// Elsewhere it is for the machine to have a browser.
test.runIf(process.platform === 'linux' && process.arch === 'x64')(
  'a page is measured under a strict policy',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'firstofficer-docs-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, 'index.html'), PAGE);
    await writeFile(join(folder, 'use.js'), SCRIPT);
    await writeFile(join(folder, 'more.json'), JSON.stringify('more'.repeat(10_000)));
    await precompress(folder);
    await using server = await serveFolder(folder);
    await using browser = await launchBrowser();

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
  },
);
