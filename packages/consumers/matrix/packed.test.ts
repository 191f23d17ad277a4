import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listen } from '@firstofficer/common/listen';
import { createRegistry } from '@firstofficer/testing/registry';
import { afterAll, describe, expect, type TestContext, test } from 'vitest';
import { findTypeErrors, type Project, STRICT } from '../src/compiler.ts';
import { startLiveApi } from '../src/live-api.ts';
import { listEntryPoints, type Manifest, packPackages, supportsNode } from '../src/packed/packages.ts';
import {
  createEnvironment,
  createProject,
  formatTypes,
  installPackages,
  MANAGERS,
  readFirstExample,
  runInProject,
  writeImports,
} from '../src/packed/project.ts';
import { startProgram } from '../src/runtime.ts';
import { getPackageFolder, requireRuntime } from './toolchains.ts';

// Outside the consumer of the other tests, whose packages could be imported from a folder inside it.
const folder = await mkdtemp(join(await realpath(tmpdir()), 'firstofficer-packed-'));
const removeFolder = () => rm(folder, { recursive: true, force: true });
// Not in a hook, because the installation may exceed its timeout on a slow network.
const { packages, registry } = await install().catch(async (error: unknown) => {
  // Hooks do not run if this module cannot be loaded.
  await removeFolder();
  throw error;
});
afterAll(async () => {
  await registry.close();
  await removeFolder();
});

/** Packs all packages, and installs them in the project of each package manager. */
async function install() {
  const packages = await packPackages(join(folder, 'tarballs'));
  const registry = await listen(createServer(createRegistry(packages)));
  await Promise.all(
    MANAGERS.map(async (manager) =>
      installPackages(await createProject(join(folder, manager), registry.url), manager, packages),
    ),
  );
  return { packages, registry };
}

const PROJECTS = MANAGERS.map((manager) => ({ manager, project: join(folder, manager) }));
const COMMANDS = packages.flatMap(({ manifest }) =>
  Object.keys(manifest.bin ?? {}).map((command) => ({ command, manifest })),
);

const RUNTIMES = [20, 22, 24, 26] as const;
const OLD_RUNTIMES = [16, 18, 20, 22] as const;
const live = await startLiveApi(folder);
afterAll(() => live[Symbol.asyncDispose]());

/** Returns the name of a package without its scope. */
const getShortName = ({ name }: Manifest) => name.replace('@firstofficer/', '');

/** Returns the path of a packed package. */
function getTarball(name: string): string {
  const found = packages.find(({ manifest }) => getShortName(manifest) === name);
  return found?.tarball ?? expect.fail(`${name} is not packed.`);
}

/** Returns the executable of a version of Node. */
function requireNode(
  context: TestContext,
  major: 24 | (typeof RUNTIMES)[number] | (typeof OLD_RUNTIMES)[number],
): string {
  return major === 24 ? process.execPath : requireRuntime(context, `node-${major}`);
}

/** A program that uses the types of every entry point. Declaration files are checked too, those of dependencies included. */
const TYPES: Project = {
  compilerOptions: { ...STRICT, module: 'nodenext', types: ['node'] },
  files: Object.fromEntries(
    packages.map(({ manifest }) => [`${getShortName(manifest)}.mts`, formatTypes(listEntryPoints(manifest))]),
  ),
};

test('all packages that users install are packed', () => {
  expect(packages.map(({ manifest }) => getShortName(manifest)).toSorted()).toEqual([
    'api',
    'client',
    'common',
    'contract',
    'metrics',
    'mock',
    'openapi',
    'spec',
  ]);
});

describe.for(PROJECTS)('installed by $manager', ({ project }) => {
  test.for(RUNTIMES)('every entry point works in Node %i, if the package supports it', async (major, context) => {
    const { signal } = context;
    const node = requireNode(context, major);
    const entryPoints = packages
      .filter(({ manifest }) => supportsNode(manifest, major))
      .flatMap(({ manifest }) => listEntryPoints(manifest))
      // undici 8, which is installed, needs Node 22.
      .filter(({ specifier }) => major >= 22 || !specifier.endsWith('/undici'));
    expect(entryPoints.length).toBeGreaterThan(5);
    const args = [await writeImports(project), JSON.stringify(entryPoints)];

    const result = await runInProject({ project, command: node, args, signal });
    expect(result).toMatchObject({ code: 0, stdout: '[]\n' });
  });

  test('every entry point for browsers works', async ({ signal }) => {
    const entryPoints = packages
      .flatMap(({ manifest }) => listEntryPoints(manifest))
      .filter(({ specifier }) => specifier.endsWith('/browser') || specifier.endsWith('/msw'));
    expect(entryPoints).toHaveLength(2);
    const args = ['--conditions=browser', await writeImports(project), JSON.stringify(entryPoints)];

    const result = await runInProject({ project, command: process.execPath, args, signal });
    expect(result).toMatchObject({ code: 0, stdout: '[]\n' });
  });

  test('the types of every entry point compile', async () => {
    const compiler = dirname(fileURLToPath(import.meta.resolve('typescript/package.json')));

    expect(await findTypeErrors(compiler, TYPES, project)).toEqual([]);
  });

  test.for(packages)('the first program in the README of $manifest.name runs', async ({ manifest }, context) => {
    const example = await readFirstExample(project, manifest.name);
    if (example === undefined) throw new Error('The README has no program.');
    const file = `${getShortName(manifest)}.mts`;
    await writeFile(join(project, file), example);
    const env = { ...live.env, NODE_USE_ENV_PROXY: '1', FIRSTOFFICER_TOKEN: 'SecretKey0123' };

    const { signal } = context;
    const result = await runInProject({ project, command: process.execPath, args: [file], env, signal });
    expect(result).toMatchObject({ code: 0, stderr: '' });
  });

  test('each command does its job', async ({ signal }) => {
    const environment = createEnvironment(project);
    const start = (command: string, args: readonly string[]) =>
      startProgram({ path: join(project, 'node_modules/.bin', command), args, cwd: project, env: environment, signal });
    const run = (command: string, args: readonly string[], env: Record<string, string> = {}) =>
      runInProject({ project, command, args, env, signal });
    const readUrl = (line: string) => /http:\/\/\S+$/.exec(line)?.[0] ?? expect.fail(line);

    await using mock = start('firstofficer-mock', ['--port', '0']);
    const mockUrl = readUrl(await mock.readLine());
    const seeded = await run('firstofficer-api', ['seed', '--data', 'data']);
    expect(seeded).toMatchObject({ code: 0, stdout: expect.stringMatching(/^fo_\S+\n$/) });
    await using api = start('firstofficer-api', ['serve', '--data', 'data', '--port', '0']);
    const apiUrl = readUrl(await api.readLine());

    for (const [url, token] of [
      [mockUrl, 'YourTokenHere'],
      [apiUrl, seeded.stdout.trim()],
    ] as const) {
      const env = { FIRSTOFFICER_TOKEN: token, FIRSTOFFICER_URL: url };
      const retrieved = await run('firstofficer', ['customers', 'retrieve', 'cus_1234ABCD', '--json'], env);
      expect(retrieved).toMatchObject({ code: 0, stderr: '' });
      expect(JSON.parse(retrieved.stdout)).toMatchObject({ stripe_id: 'cus_1234ABCD', current_mrr: 69900 });
      expect(await run('firstofficer-contract', [], env)).toMatchObject({
        code: 0,
        stdout: expect.stringContaining(url),
      });
    }
  });

  test.for(COMMANDS)(
    '$command runs in each Node that it supports, and older ones get a sentence',
    async ({ command, manifest }, context) => {
      for (const major of new Set([...RUNTIMES, ...OLD_RUNTIMES])) {
        const node = requireNode(context, major);
        const { signal } = context;
        const env = createEnvironment(project, node);
        const result = await runInProject({ project, command, args: ['--help'], env, signal });
        if (supportsNode(manifest, major)) {
          expect(result, `Node ${major}`).toEqual({
            code: 0,
            stdout: expect.stringContaining(`Usage: ${command}`),
            stderr: '',
          });
        } else {
          const { stdout } = await runInProject({ project, command: node, args: ['--version'], signal });
          const needed = manifest.engines?.node.replace('>=', '');
          expect(result).toEqual({
            code: 2,
            stdout: '',
            stderr: `${command}: Node ${stdout.trim().slice(1)} is too old: install Node ${needed} or later from https://nodejs.org.\n`,
          });
        }
      }
    },
  );
});

test('the types of every entry point compile with TypeScript 5.9', async () => {
  expect(await findTypeErrors(getPackageFolder('typescript-5.9'), TYPES, join(folder, 'pnpm'))).toEqual([]);
});

/** Returns an environment for npm: that of the user, with the registry and the proxy, and an empty cache of commands. */
function createNpmEnvironment(project: string): Record<string, string> {
  const { PATH = '' } = createEnvironment(project);
  return { ...(process.env as Record<string, string>), PATH, npm_config_cache: join(project, 'npm-cache') };
}

test.for(COMMANDS)('npx starts $command by the name of its package', async ({ command, manifest }, { signal }) => {
  const project = join(folder, 'npm');
  const args = [manifest.name, '--help'];
  const env = createNpmEnvironment(project);

  const result = await runInProject({ project, command: 'npx', args, env, signal });
  expect(result).toMatchObject({ code: 0, stdout: expect.stringContaining(`Usage: ${command}`) });
});

test.for([
  ['npx', '-y', '@firstofficer/client', '--help'],
  ['npx', '-y', '--package', getTarball('client'), 'firstofficer', '--help'],
  ['npm', 'exec', '--yes', '--package=@firstofficer/client', '--', 'firstofficer', '--help'],
])('without an installation, %s %s runs a command', async ([command = '', ...args], { signal }) => {
  const project = await createProject(await mkdtemp(join(folder, 'empty-')), registry.url);
  const env = createNpmEnvironment(project);

  const result = await runInProject({ project, command, args, env, signal });
  expect(result).toMatchObject({ code: 0, stdout: expect.stringContaining('Usage: firstofficer') });
});
