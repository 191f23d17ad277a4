import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createTemporaryFolder, listenInTest } from '@firstofficer/common/testing';
import { runPnpm } from '@firstofficer/on-demand';
import { createRegistry, type RegistryPackage } from '@firstofficer/testing/registry';
import { afterAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { ROOT } from '../src/workspaces.ts';

// The settings of the main workspace, in a workspace that installs from a registry with a package for each danger.
const NAMES = ['minimumReleaseAge', 'blockExoticSubdeps', 'strictDepBuilds', 'savePrefix', 'catalogMode'];
const DAY_MS = 24 * 60 * 60 * 1000;

const CONTEXT = { onTestFinished: afterAll };
const folder = await createTemporaryFolder(CONTEXT);
const all: Readonly<Record<string, unknown>> = parse(await readFile(join(ROOT, 'pnpm-workspace.yaml'), 'utf8'));
const settings = Object.fromEntries(NAMES.map((name) => [name, all[name]]));

const settled = await pack({ name: 'settled', days: 4 });
const website = await listenInTest(
  CONTEXT,
  createServer(async (_, response) => response.end(await readFile(settled.tarball))),
);
const packages = [
  settled,
  await pack({ name: 'young', days: 2 }),
  await pack({ name: 'building', days: 30, scripts: { postinstall: 'echo built' } }),
  await pack({ name: 'exotic', days: 30, dependencies: { settled: `${website.url}/settled.tgz` } }),
];
const registry = await listenInTest(CONTEXT, createServer(createRegistry(packages)));

interface Source {
  readonly name: string;
  /** How long ago the package was published. */
  readonly days: number;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
}

async function pack({ days, ...members }: Source): Promise<RegistryPackage> {
  const manifest = { version: '1.0.0', ...members };
  const source = join(folder, 'sources', manifest.name);
  await mkdir(source, { recursive: true });
  await writeFile(join(source, 'package.json'), JSON.stringify(manifest));
  await runPnpm(['pack', '--pack-destination', folder], source);
  const tarball = join(folder, `${manifest.name}-${manifest.version}.tgz`);
  return { manifest, tarball, publishedAt: new Date(Date.now() - days * DAY_MS) };
}

/** Creates a workspace with the settings of this repository, or with some of them changed. */
async function createWorkspace(changes: Readonly<Record<string, unknown>> = {}) {
  const workspace = await mkdtemp(join(folder, 'workspace-'));
  const write = (next: Readonly<Record<string, unknown>>) =>
    writeFile(join(workspace, 'pnpm-workspace.yaml'), stringify({ pmOnFail: 'ignore', ...settings, ...next }));
  await write(changes);
  await writeFile(join(workspace, 'package.json'), JSON.stringify({ name: 'user', private: true }));
  // A store of its own, so that nothing comes from the caches of this machine.
  const options = [`--registry=${registry.url}`, `--config.cache-dir=${folder}/cache`, `--store-dir=${folder}/store`];
  return {
    write,
    run: (...args: readonly string[]) => runPnpm([...args, ...options], workspace),
    readSettings: async () => parse(await readFile(join(workspace, 'pnpm-workspace.yaml'), 'utf8')),
    readManifest: async () => JSON.parse(await readFile(join(workspace, 'package.json'), 'utf8')),
  };
}

test('adds a package that is old enough, with its exact version in the catalog', async () => {
  const { run, readManifest, readSettings } = await createWorkspace();
  await run('add', 'settled');
  expect(await readManifest()).toMatchObject({ dependencies: { settled: 'catalog:' } });
  expect(await readSettings()).toMatchObject({ catalog: { settled: '1.0.0' } });
});

test('refuses a package that is younger than three days', async () => {
  const { run } = await createWorkspace();
  await expect(run('add', 'young')).rejects.toThrow(/minimumReleaseAge|ERR_PNPM_NO_MATURE/i);
});

test('refuses a young package also if the lockfile contains it', async () => {
  const { run, write } = await createWorkspace({ minimumReleaseAge: 0 });
  await run('add', 'young@1.0.0');
  await write({ catalog: { young: '1.0.0' } });
  await expect(run('install', '--frozen-lockfile')).rejects.toThrow('ERR_PNPM_MINIMUM_RELEASE_AGE_VIOLATION');
});

test('installs a young package that is an exception', async () => {
  const { run, readManifest } = await createWorkspace({ minimumReleaseAgeExclude: ['young@1.0.0'] });
  await run('add', 'young@1.0.0');
  expect(await readManifest()).toMatchObject({ dependencies: { young: 'catalog:' } });
});

test('refuses an install script that nobody allowed', async () => {
  const { run } = await createWorkspace();
  await expect(run('add', 'building')).rejects.toThrow('ERR_PNPM_IGNORED_BUILDS');
  const { run: runRefused } = await createWorkspace({ allowBuilds: { building: false } });
  await expect(runRefused('add', 'building')).resolves.toBeDefined();
});

test('refuses a dependency that does not come from the registry', async () => {
  const { run } = await createWorkspace();
  await expect(run('add', 'exotic')).rejects.toThrow('ERR_PNPM_EXOTIC_SUBDEP');
});
