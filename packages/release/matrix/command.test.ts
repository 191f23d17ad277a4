import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runSource } from '@firstofficer/testing/run-command';
import { expect, test } from 'vitest';
import { EXPECTATIONS } from '../src/expectations.ts';
import { runGit } from '../src/git.ts';
import { createTemporaryFolder } from '../test/packed-fixture.ts';
import { TOKENS } from './registry.ts';

const ROOT = join(import.meta.dirname, '../../..');
const CLI = join(ROOT, 'packages/release/src/cli.ts');

const runRelease = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  runSource(CLI, args, { cwd: ROOT, env: { GITHUB_ACTIONS: '', ...env } });

test('a dry run builds and checks every package, prints what users will read, and changes nothing', {
  timeout: 600_000,
}, async () => {
  const before = await runGit(['status', '--porcelain'], ROOT);
  const out = await createTemporaryFolder();

  const { code, stdout, stderr } = await runRelease(['--dry-run', '--out', out]);

  expect({ code, stderr }, stdout).toEqual({ code: 0, stderr: '' });
  const rows = stdout.split('\n').filter((line) => /^ {2}@firstofficer\/.* kB /.test(line));
  const names = Object.keys(EXPECTATIONS);
  expect(rows.map((row) => row.trim().split(' ')[0])).toEqual(names);
  for (const row of rows) expect(row).toContain('✓ 9 of 9');
  expect(stdout).toContain('Nothing was published.');
  const files = await readdir(out);
  expect(files.filter((file) => file.endsWith('.tgz'))).toHaveLength(names.length);
  expect(files.filter((file) => file.endsWith('.cdx.json'))).toHaveLength(names.length);
  const releases = JSON.parse(await readFile(join(out, 'releases.json'), 'utf8'));
  expect(releases.map(({ tag }: { tag: string }) => tag.replace(/[\d.]+$/, ''))).toEqual(
    names.map((name) => (name === '@firstofficer/spec' ? 'v' : `${name}@`)),
  );
  for (const { notes, sbom } of releases) expect(files).toEqual(expect.arrayContaining([notes, sbom]));
  expect(await runGit(['status', '--porcelain'], ROOT)).toBe(before);
});

test('a machine of a person publishes nothing', async () => {
  const { code, stdout, stderr } = await runRelease([], { NODE_AUTH_TOKEN: TOKENS.registry });

  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain('Packages are published by .github/workflows/release.yml only.');
  expect(stderr).toContain('NODE_AUTH_TOKEN or NPM_TOKEN is set.');
  expect(stderr).not.toContain(TOKENS.registry);
});

test.for([['--dry'], ['publish'], ['--out'], ['version', 'now']])('%s is wrong usage', async (args) => {
  const { code, stderr } = await runRelease(args);

  expect(code).toBe(2);
  expect(stderr).toMatch(/error/);
});
