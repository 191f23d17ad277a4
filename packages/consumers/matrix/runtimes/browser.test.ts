import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { type Chromium, FLAGS, findChromium, needsBrowser } from '@firstofficer/browser';
import { inject, test } from 'vitest';
import { startApi } from '../../src/api.ts';
import { servePage } from '../../src/page.ts';
import { startProgram } from '../../src/program.ts';
import { expectAllPassed } from '../../src/results.ts';

// Not in the test: the installation of Chromium may exceed its timeout.
const folder = await mkdtemp(join(inject('consumer'), 'chromium-'));
const chromium = await findChromium(folder);

test('the client works in a page in Chromium', async (context) => {
  needsBrowser(context);
  // needsBrowser has skipped the test if there is no Chromium.
  const { path, env } = chromium as Chromium;
  await using api = await startApi();
  await using page = await servePage(join(inject('consumer'), 'page.bundle.js'), api.url);
  // With a debugging port, the headless shell keeps running after the page has loaded.
  const options = ['--headless', '--remote-debugging-port=0', `--user-data-dir=${join(folder, 'profile')}`];
  const args = [...FLAGS, ...options, page.url];
  await using _browser = startProgram({ path, args, cwd: folder, env, signal: context.signal });
  expectAllPassed(JSON.parse(await page.results));
});
