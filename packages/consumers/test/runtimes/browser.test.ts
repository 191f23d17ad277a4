import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { inject, test } from 'vitest';
import { startApi } from '../../src/api.ts';
import { findChromium } from '../../src/chromium.ts';
import { startPage } from '../../src/page.ts';
import { startProgram } from '../../src/program.ts';
import { expectAll } from './expect-all.ts';
import { needs } from './needs.ts';

const OPTIONS = [
  '--headless',
  // A container has neither the rights nor the devices for these.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  // Nothing but the page may use the network.
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-sync',
  '--no-proxy-server',
  // Keeps the headless shell running instead of ending with the page's load.
  '--remote-debugging-port=0',
];

test('the client behaves in a page in Chromium', async (context) => {
  const folder = await mkdtemp(join(inject('consumer'), 'chromium-'));
  const { path, env } = needs(context, 'Chromium', await findChromium(folder));
  await using api = await startApi();
  await using page = await startPage(join(inject('consumer'), 'page.bundle.js'), api.url);
  const args = [...OPTIONS, `--user-data-dir=${join(folder, 'profile')}`, page.url];
  await using _browser = startProgram({ path, args, cwd: folder, env, signal: context.signal });
  expectAll(JSON.parse(await page.results));
});
