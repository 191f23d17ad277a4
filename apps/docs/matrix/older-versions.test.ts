import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { expect, onTestFinished, test } from 'vitest';
import { parseAddress } from '../src/address.ts';
import { addOlderVersions, findOlderReleases, type OlderVersions } from '../src/older-versions.ts';
import { renderHeaders } from '../src/publish/headers.ts';

const run = promisify(execFile);

/** Creates a git repository. Each tag has a file `version` that contains the name of the tag. */
async function createRepository(tags: readonly string[]) {
  const folder = await realpath(await createTemporaryFolder({ onTestFinished }));
  // The tests must not depend on the user's git settings, such as a name.
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
  /** Runs git and returns its output. */
  const git = async (...args: string[]) => (await run('git', [...identity, ...args], { cwd: folder, env })).stdout;
  await git('init', '--quiet');
  for (const tag of tags) {
    await writeFile(join(folder, 'version'), tag);
    await git('add', '.');
    await git('commit', '--quiet', '--message', tag);
    await git('tag', tag);
  }
  return { folder, git };
}

const TAGS = ['v0.9.0', 'v1.0.0', 'v1.2.0', 'v2.0.0'];
const csp = "default-src 'none'";

/**
 * Creates a repository and the built site of its version 2. The build of an older version writes its tag and its
 * environment, and records its checkout.
 */
async function setUp(tags: readonly string[] = TAGS, url = 'https://docs.example.com/api/') {
  const repository = await createRepository(tags);
  const address = parseAddress(url);
  const renderSiteHeaders = (base: string) => renderHeaders({ csp, immutable: [`${base}assets/*`] });
  const files = { 'index.html': 'current', _headers: renderSiteHeaders(address.base) };
  const folder = await createTemporaryFolder({ onTestFinished }, files);
  const checkouts: string[] = [];
  const build: OlderVersions['build'] = async (checkout, env) => {
    checkouts.push(checkout);
    const built = join(checkout, 'dist');
    await mkdir(join(built, 'assets'), { recursive: true });
    await writeFile(join(built, 'index.html'), await readFile(join(checkout, 'version'), 'utf8'));
    await writeFile(join(built, 'assets/env.json'), JSON.stringify(env));
    const { base } = parseAddress(env.DOCS_URL ?? '');
    await writeFile(join(built, '_headers'), renderSiteHeaders(base));
    return built;
  };
  const add = (other: Partial<OlderVersions> = {}) =>
    addOlderVersions({ repository: repository.folder, current: 2, address, folder, build, ...other });
  const read = (path: string) => readFile(join(folder, path), 'utf8');
  return { repository, folder, add, read, checkouts };
}

test('each older major version is built from its newest tag, and replaces the content of its folder', async () => {
  const { folder, add, read } = await setUp();
  // A file of an earlier build, which the new build replaces.
  await mkdir(join(folder, 'v1'));
  await writeFile(join(folder, 'v1/old.html'), '');

  expect(await add()).toEqual([
    { major: 0, tag: 'v0.9.0' },
    { major: 1, tag: 'v1.2.0' },
  ]);
  const built = ['index.html', 'v0/index.html', 'v1/index.html'].map(read);
  expect(await Promise.all(built)).toEqual(['current', 'v0.9.0', 'v1.2.0']);
  expect(existsSync(join(folder, 'v1/old.html'))).toBe(false);
});

test.for([
  ['https://docs.example.com/api', 'https://docs.example.com/api/'],
  ['/', '/'],
])('with the site at %s, the build of an older version receives two URLs', async ([url, current]) => {
  const { add, read } = await setUp(TAGS, url);
  await add();
  const env = { DOCS_URL: `${current}v1/`, DOCS_CURRENT_URL: current };

  expect(JSON.parse(await read('v1/assets/env.json'))).toEqual(env);
});

test('the headers of all versions are merged into one file', async () => {
  const { folder, add, read } = await setUp();
  await add();
  const headers = await read('_headers');

  for (const path of ['/api/assets/*', '/api/v0/assets/*', '/api/v1/assets/*'])
    expect(headers).toContain(`\n${path}\n`);
  expect(existsSync(join(folder, 'v1/_headers'))).toBe(false);
});

test('without older tags the site stays unchanged', async () => {
  const { add, read, checkouts } = await setUp(['v2.0.0', 'v2.1.0']);
  const before = await read('_headers');

  expect(await add()).toEqual([]);
  expect(checkouts).toEqual([]);
  expect(await read('_headers')).toBe(before);
});

test('the repository stays unchanged, and no worktree is left', async () => {
  const { repository, add, checkouts } = await setUp();
  const before = await repository.git('status', '--branch', '--porcelain');
  await add();

  expect(await repository.git('status', '--branch', '--porcelain')).toBe(before);
  expect((await repository.git('worktree', 'list')).trim().split('\n')).toHaveLength(1);
  expect(checkouts.filter((folder) => existsSync(folder))).toEqual([]);
});

test('an error names the version that cannot be built, and its checkout is removed', async () => {
  const { repository, add } = await setUp();

  await expect(add({ build: () => Promise.reject(new Error('No network.')) })).rejects.toThrow(
    'v0.9.0 cannot be built: No network.',
  );
  await expect(add({ build: async (checkout) => checkout })).rejects.toThrow('its build wrote no index.html');
  expect((await repository.git('worktree', 'list')).trim().split('\n')).toHaveLength(1);
});

test.for([
  [[], []],
  [['v2.0.0', 'v3.1.0'], []],
  [['v1.9.0', 'v1.10.0', 'v1.2.11', 'v2.0.0'], ['v1.10.0']],
  [
    ['v1.0.9', 'v0.3.0', 'v1.0.10'],
    ['v0.3.0', 'v1.0.10'],
  ],
  [['v1.0.0', 'v1.1.0-rc.1', 'v1.1', 'client-v1.2.0', 'v1.1.1.1'], ['v1.0.0']],
] as const)('the older releases of version 2 in %j are %j', ([tags, kept]) => {
  expect(findOlderReleases(tags, 2).map(({ tag }) => tag)).toEqual(kept);
});
