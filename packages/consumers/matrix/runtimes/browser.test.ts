import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { type Chromium, FLAGS, findChromium, needsBrowser } from '@firstofficer/browser';
import { inject, test } from 'vitest';
import { startApi } from '../../src/api.ts';
import { expectAll } from '../../src/expect-all.ts';
import { startPage } from '../../src/page.ts';
import { startProgram } from '../../src/program.ts';

// Here rather than in the test, whose time limit the installation of Chromium may exceed.
const folder = await mkdtemp(join(inject('consumer'), 'chromium-'));
const chromium = await findChromium(folder);

test('the client behaves in a page in Chromium', async (context) => {
  needsBrowser(context);
  const { path, env } = chromium as Chromium;
  await using api = await startApi();
  await using page = await startPage(join(inject('consumer'), 'page.bundle.js'), api.url);
  // A port for debugging keeps the headless shell running instead of ending with the page's load.
  const options = ['--headless', '--remote-debugging-port=0', `--user-data-dir=${join(folder, 'profile')}`];
  const args = [...FLAGS, ...options, page.url];
  await using _browser = startProgram({ path, args, cwd: folder, env, signal: context.signal });
  expectAll(JSON.parse(await page.results));
});
