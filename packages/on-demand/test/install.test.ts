import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, type Mock, onTestFinished, test, vi } from 'vitest';
import { installOnDemand, runPnpm } from '../src/index.ts';

let stderr: Mock<typeof process.stderr.write>;
let template: string;

// Every test copies this workspace, because pnpm takes a second to write a lockfile.
beforeAll(async () => {
  template = await mkdtemp(join(tmpdir(), 'firstofficer-on-demand-'));
  await writeFile(join(template, 'pnpm-workspace.yaml'), 'pmOnFail: ignore\n');
  await setDependencies(template, 'one');
});

afterAll(() => rm(template, { recursive: true }));

beforeEach(() => {
  stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** Creates a workspace that depends on packages of its own folder, so that no registry is needed. */
async function createWorkspace(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'firstofficer-on-demand-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await cp(template, folder, { recursive: true });
  return folder;
}

async function setDependencies(folder: string, ...names: readonly string[]): Promise<void> {
  for (const name of names) {
    await mkdir(join(folder, name), { recursive: true });
    await writeFile(join(folder, name, 'package.json'), JSON.stringify({ name, version: '1.0.0' }));
  }
  await writeManifest(folder, names);
  await runPnpm(['install', '--lockfile-only'], folder);
}

async function writeManifest(folder: string, names: readonly string[]): Promise<void> {
  const dependencies = Object.fromEntries(names.map((name) => [name, `file:./${name}`]));
  const manifest = { name: 'workspace', private: true, description: 'Two small packages.', dependencies };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
}

function isInstalled(folder: string, name: string): boolean {
  return existsSync(join(folder, 'node_modules', name, 'package.json'));
}

/** Makes all later calls of pnpm fail. */
function makePnpmFail(): void {
  vi.stubEnv('npm_execpath', '/nowhere/pnpm');
}

test('installs a workspace on first use and prints one line', async () => {
  const folder = await createWorkspace();
  await installOnDemand(folder);

  expect(isInstalled(folder, 'one')).toBe(true);
  expect(stderr.mock.calls).toEqual([['Installing on first use: Two small packages.\n']]);
});

test('does not run pnpm and prints nothing if the workspace is installed', async () => {
  const folder = await createWorkspace();
  await installOnDemand(folder);
  stderr.mockClear();
  makePnpmFail();
  await installOnDemand(folder);

  expect(stderr).not.toHaveBeenCalled();
});

test('installs a workspace again after its dependencies have changed', async () => {
  const folder = await createWorkspace();
  await installOnDemand(folder);
  await setDependencies(folder, 'one', 'two');
  await installOnDemand(folder);

  expect(isInstalled(folder, 'two')).toBe(true);
});

test('a second process waits while the first one installs', async () => {
  const folder = await createWorkspace();
  await Promise.all([installOnDemand(folder), installOnDemand(folder)]);

  expect(isInstalled(folder, 'one')).toBe(true);
  expect(stderr).toHaveBeenCalledOnce();
});

test('ignores the lock of a process that has ended', async () => {
  const folder = await createWorkspace();
  const { pid } = spawnSync(process.execPath, ['--version']);
  await writeFile(join(folder, 'install.lock'), String(pid));
  await installOnDemand(folder);

  expect(isInstalled(folder, 'one')).toBe(true);
  expect(existsSync(join(folder, 'install.lock'))).toBe(false);
});

test('the error of a failed installation contains the reason and the command to run, and the next attempt succeeds', async () => {
  const folder = await createWorkspace();
  await writeManifest(folder, ['two']);

  await expect(installOnDemand(folder)).rejects.toThrow(
    /could not be installed\. .* run: npx -y pnpm@12 --dir \S+ install\n.*ERR_PNPM_OUTDATED_LOCKFILE/s,
  );
  await setDependencies(folder, 'one', 'two');
  await installOnDemand(folder);
  expect(isInstalled(folder, 'two')).toBe(true);
});

test('the error contains the command to run if pnpm cannot be started', async () => {
  const folder = await createWorkspace();
  makePnpmFail();

  await expect(installOnDemand(folder)).rejects.toThrow(/run: npx -y pnpm@12 .* install\n.*\/nowhere\/pnpm/s);
});
