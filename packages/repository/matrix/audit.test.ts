import { readFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { join } from 'node:path';
import { listen } from '@firstofficer/common/listen';
import { createTemporaryFolder, listenInTest } from '@firstofficer/common/testing';
import { runSource } from '@firstofficer/testing/run-command';
import { expect, onTestFinished, test } from 'vitest';
import { ROOT } from '../src/workspaces.ts';

const CLI = join(import.meta.dirname, '../src/audit-cli.ts');
// A workspace with few packages.
const DIR = join(ROOT, 'packages/browser/chromium');

/** Looks for vulnerabilities with a registry. Returns also what the summary of the job contains. */
async function audit(...args: readonly string[]) {
  const file = join(await createTemporaryFolder({ onTestFinished }), 'summary.md');
  const result = await runSource(CLI, ['--dir', DIR, ...args], { env: { GITHUB_STEP_SUMMARY: file } });
  return { ...result, summary: await readFile(file, 'utf8').catch(() => '') };
}

/** Starts a registry that answers which vulnerabilities are known. */
async function startRegistry(answer: RequestListener): Promise<string> {
  return (await listenInTest({ onTestFinished }, createServer(answer))).url;
}

const ADVISORY = {
  id: 1,
  url: 'https://github.com/advisories/GHSA-aaaa-bbbb-cccc',
  title: 'Runs code of strangers.',
  severity: 'critical',
  vulnerable_versions: '<=1000.0.0',
  cwe: [],
  cvss: { score: 9, vectorString: null },
};

test('names a package with a known vulnerability, where it comes from and what to do', async () => {
  const registry = await startRegistry((_, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ '@sparticuz/chromium': [ADVISORY] }));
  });

  const { code, stderr, summary } = await audit('--registry', registry);
  expect(code).toBe(1);
  expect(stderr).toMatch(/critical: @sparticuz\/chromium \d+\.\d+\.\d+: Runs code of strangers\..*GHSA-aaaa-bbbb-cccc/);
  expect(stderr).toContain('audit.ignore');
  expect(summary).toContain('- critical: @sparticuz/chromium');
});

test('passes if no vulnerability is known', async () => {
  const registry = await startRegistry((_, response) => {
    response.setHeader('content-type', 'application/json').end('{}');
  });
  const { code, stderr, summary } = await audit('--registry', registry);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(summary).toContain('No vulnerability is known.');
});

test.for([404, 405, 500])('says that nothing was checked if the registry answers with %d', async (status) => {
  const registry = await startRegistry((_, response) => {
    response.writeHead(status).end();
  });
  const { code, stderr } = await audit('--registry', registry);
  expect(code).toBe(3);
  expect(stderr).toContain(`answered with status ${status}`);
  expect(stderr).toContain('nothing was checked');
});

test('says that nothing was checked if the registry cannot be reached', async () => {
  const { url, close } = await listen(createServer());
  await close();
  const { code, stderr } = await audit('--registry', url);
  expect(code).toBe(3);
  expect(stderr).toContain('cannot be reached');
});

test('an unknown option is wrong usage', async () => {
  expect(await audit('--wrong')).toMatchObject({ code: 2 });
});
