import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { takeIdToken } from '../src/id-token.ts';
import { findPublishObstacles } from '../src/preconditions.ts';
import { sortByDependencies } from '../src/publish.ts';
import { redact } from '../src/redact.ts';
import { createTemporaryFolder } from './packed-fixture.ts';

const run = promisify(execFile);

const CI = {
  GITHUB_ACTIONS: 'true',
  ACTIONS_ID_TOKEN_REQUEST_URL: 'http://127.0.0.1/token',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'secret-of-the-job',
};

async function createRepository(): Promise<string> {
  const root = await createTemporaryFolder();
  await run('git', ['init', '--quiet', root]);
  await mkdir(join(root, '.changeset'));
  return root;
}

test('a clean checkout in a job with an ID token may publish', async () => {
  expect(await findPublishObstacles(await createRepository(), CI)).toEqual([]);
});

test.for([
  { name: 'a machine of a person', env: { ...CI, GITHUB_ACTIONS: undefined }, obstacle: 'add --dry-run' },
  {
    name: 'a job without an ID token',
    env: { GITHUB_ACTIONS: 'true' },
    obstacle: 'Give it the permission id-token: write.',
  },
  {
    name: 'a job with a token of npm',
    env: { ...CI, NODE_AUTH_TOKEN: 'npm_x' },
    obstacle: 'NODE_AUTH_TOKEN or NPM_TOKEN is set.',
  },
])('$name must not publish', async ({ env, obstacle }) => {
  const obstacles = await findPublishObstacles(await createRepository(), env);

  expect(obstacles).toEqual([expect.stringContaining(obstacle)]);
});

test('files that are not committed and changesets that are not applied must not be published', async () => {
  const root = await createRepository();
  await writeFile(join(root, '.changeset/red-cats-sing.md'), '');
  await writeFile(join(root, 'notes.txt'), '');

  expect(await findPublishObstacles(root, CI)).toEqual([
    'The working tree has files that are not committed: .changeset/, notes.txt. Commit or delete them.',
    '1 changesets are not applied. Merge the pull request with the versions first.',
  ]);
});

test('packages come after the packages that they depend on', () => {
  const create = (name: string, ...needed: string[]) => ({
    manifest: { name, version: '1.0.0', dependencies: Object.fromEntries(needed.map((other) => [other, '1.0.0'])) },
  });
  const packages = [
    create('contract', 'mock', 'client'),
    create('client'),
    create('mock', 'openapi', 'yaml'),
    create('openapi'),
  ];

  expect(sortByDependencies(packages).map(({ manifest }) => manifest.name)).toEqual([
    'openapi',
    'mock',
    'client',
    'contract',
  ]);
});

test('values of secret variables and tokens of npm are removed from messages', () => {
  const env = { NPM_TOKEN: 'abcdefghij', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'abcdefghij-long', npm_config_audit: 'true' };
  const token = `npm_${'x'.repeat(36)}`;

  expect(redact(`401 abcdefghij-long ${token} abcdefghij true`, env)).toBe('401 [secret] [secret] [secret] true');
});

test('processes that inherit the environment have no way to get an ID token', () => {
  const env = { ...CI, PATH: '/bin' };

  expect(takeIdToken(env)).toEqual({ ...CI, PATH: '/bin' });
  expect(env).toEqual({ GITHUB_ACTIONS: 'true', PATH: '/bin' });
});
