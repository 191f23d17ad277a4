import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { test as base, expect, vi } from 'vitest';
import { ROOT } from '../src/workspaces.ts';

// Each push starts pnpm twice, and the tests run at the same time.
vi.setConfig({ testTimeout: 180_000 });

const run = promisify(execFile);
const HOOKS = '.github/hooks';
// Git's own settings of this machine, such as signatures, do not matter here.
const ENV = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Test',
  GIT_AUTHOR_EMAIL: 'test@example.com',
  GIT_COMMITTER_NAME: 'Test',
  GIT_COMMITTER_EMAIL: 'test@example.com',
  // The workspace has no dependencies to install.
  pnpm_config_verify_deps_before_run: 'false',
};
const test = base.skipIf(process.platform === 'win32').concurrent;

/** A clone of a bare repository, with a small workspace whose scripts write their names to a log. */
class Clone implements AsyncDisposable {
  readonly #parent: string;
  readonly folder: string;
  constructor(parent: string, name = 'clone') {
    this.#parent = parent;
    this.folder = join(parent, name);
  }

  /** Creates a second working tree for a new branch. */
  async addWorktree(branch: string): Promise<Clone> {
    const worktree = new Clone(this.#parent, branch);
    await this.git('worktree', 'add', '--quiet', worktree.folder, '-b', branch);
    return worktree;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return rm(this.#parent, { recursive: true, force: true });
  }

  async git(...args: readonly string[]) {
    return run('git', args, { cwd: this.folder, env: ENV }).then(
      ({ stderr }) => ({ code: 0, stderr }),
      ({ code, stderr }) => ({ code, stderr }),
    );
  }

  async commit(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(this.folder, name)), { recursive: true });
      await writeFile(join(this.folder, name), text);
    }
    await this.git('add', '--all');
    await this.git('commit', '--quiet', '--message', 'Change');
  }

  /** Returns the scripts that ran since the last call. */
  async readLog(): Promise<string[]> {
    const file = join(this.folder, 'log');
    const text = await readFile(file, 'utf8').catch(() => '');
    await rm(file, { force: true });
    return text
      .split('\n')
      .filter((line) => line !== '')
      .sort();
  }
}

/** Creates the script of a package. It fails if the package has a file `broken`. */
function createScript(root: string, name: string): string {
  return `node -e "fs.appendFileSync('${root}/log', '${name} ' + (process.env.GIT_DIR ?? 'clean') + '\\n'); process.exit(fs.existsSync('broken') ? 1 : 0)"`;
}

async function createClone(): Promise<Clone> {
  const folder = await mkdtemp(join(tmpdir(), 'firstofficer-push-'));
  const clone = new Clone(folder);
  await run('git', ['init', '--quiet', '--bare', '--initial-branch', 'main', join(folder, 'remote.git')], { env: ENV });
  await run('git', ['clone', '--quiet', join(folder, 'remote.git'), clone.folder], { env: ENV });
  await cp(join(ROOT, HOOKS), join(clone.folder, HOOKS), { recursive: true });
  const createManifest = (name: string, scripts: Readonly<Record<string, string>>) =>
    JSON.stringify({ name, private: true, scripts });
  await clone.commit({
    '.gitignore': 'log\nnode_modules/\n',
    'pnpm-workspace.yaml': 'packages: [packages/*]\npmOnFail: ignore\n',
    'package.json': createManifest('root', {
      'check:static': createScript('.', 'static'),
      test: createScript('.', 'all'),
    }),
    'packages/one/package.json': createManifest('one', { test: createScript('../..', 'one') }),
    'packages/two/package.json': createManifest('two', { test: createScript('../..', 'two') }),
    'packages/three/package.json': createManifest('three', {}),
  });
  await clone.git('push', '--quiet', '--set-upstream', 'origin', 'main');
  await clone.readLog();
  await clone.git('config', 'core.hooksPath', HOOKS);
  return clone;
}

test('does nothing until it is switched on', async () => {
  await using clone = await createClone();
  await clone.git('config', '--unset', 'core.hooksPath');
  await clone.commit({ 'packages/one/a.txt': 'a' });
  expect(await clone.git('push', '--quiet')).toMatchObject({ code: 0 });
  expect(await clone.readLog()).toEqual([]);
});

test('runs the static checks and the tests of the changed packages', async () => {
  await using clone = await createClone();
  await clone.commit({ 'packages/one/a.txt': 'a', 'packages/three/a.txt': 'a', 'README.md': 'a' });
  expect(await clone.git('push', '--quiet')).toMatchObject({ code: 0, stderr: expect.stringContaining('--no-verify') });
  expect(await clone.readLog()).toEqual(['one clean', 'static clean']);
});

test('runs the static checks alone if no package has changed', async () => {
  await using clone = await createClone();
  await clone.commit({ 'README.md': 'a' });
  expect(await clone.git('push', '--quiet')).toMatchObject({ code: 0 });
  expect(await clone.readLog()).toEqual(['static clean']);
});

test('compares a new branch with the main branch of the remote', async () => {
  await using clone = await createClone();
  await clone.git('switch', '--quiet', '--create', 'feature');
  await clone.commit({ 'packages/two/a.txt': 'a' });
  await clone.commit({ 'packages/three/a.txt': 'a' });
  expect(await clone.git('push', '--quiet', 'origin', 'feature')).toMatchObject({ code: 0 });
  expect(await clone.readLog()).toEqual(['static clean', 'two clean']);
});

test('hides the variables that Git sets in a second working tree from the tests', async () => {
  await using clone = await createClone();
  const worktree = await clone.addWorktree('feature');
  await worktree.commit({ 'packages/two/a.txt': 'a' });
  expect(await worktree.git('push', '--quiet', 'origin', 'feature')).toMatchObject({ code: 0 });
  expect(await worktree.readLog()).toEqual(['static clean', 'two clean']);
});

test('tests all packages if nothing is known about the remote', async () => {
  await using clone = await createClone();
  await clone.git('update-ref', '-d', 'refs/remotes/origin/main');
  await clone.git('symbolic-ref', '--delete', 'refs/remotes/origin/HEAD');
  expect(await clone.git('push', '--quiet', 'origin', 'HEAD:feature')).toMatchObject({ code: 0 });
  expect(await clone.readLog()).toEqual(['all clean', 'static clean']);
});

test('a failed test stops the push, which says how to push anyway', async () => {
  await using clone = await createClone();
  await clone.commit({ 'packages/one/broken': '' });
  const { code, stderr } = await clone.git('push', '--quiet');
  expect(code).not.toBe(0);
  expect(stderr).toContain('A test failed. Nothing was pushed. To push anyway: git push --no-verify');
  await clone.git('fetch', '--quiet');
  expect(await clone.git('diff', '--quiet', 'HEAD', 'origin/main')).toMatchObject({ code: 1 });

  await clone.readLog();
  expect(await clone.git('push', '--quiet', '--no-verify')).toMatchObject({ code: 0 });
  expect(await clone.readLog()).toEqual([]);
});

test('a failed static check stops the push before the tests', async () => {
  await using clone = await createClone();
  await clone.commit({ broken: '', 'packages/one/a.txt': 'a' });
  const { code, stderr } = await clone.git('push', '--quiet');
  expect(code).not.toBe(0);
  expect(stderr).toContain('A static check failed.');
  expect(await clone.readLog()).toEqual(['static clean']);
});

test('deleting a branch and pushing a tag need no checks', async () => {
  await using clone = await createClone();
  await clone.git('push', '--quiet', '--no-verify', 'origin', 'main:old');
  expect(await clone.git('push', '--quiet', 'origin', '--delete', 'old')).toMatchObject({ code: 0 });
  await clone.git('tag', 'v1.0.0');
  expect(await clone.git('push', '--quiet', 'origin', 'v1.0.0')).toMatchObject({ code: 0 });
  expect(await clone.readLog()).toEqual([]);
});
