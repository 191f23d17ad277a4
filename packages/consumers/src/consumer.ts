import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { runPnpm } from '@firstofficer/on-demand';
import { build } from 'esbuild';
import type { TestProject } from 'vitest/node';

const run = promisify(execFile);
const CLIENT = join(import.meta.dirname, '../node_modules/@firstofficer/client');
const PROGRAMS = join(import.meta.dirname, 'programs');

declare module 'vitest' {
  export interface ProvidedContext {
    /** The consumer: a folder outside the workspace that has the packed client installed. */
    consumer: string;
  }
}

/** Packs the client as a release does, and installs it in a new folder, once for all tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'firstofficer-consumer-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    await install(folder);
  } catch (error) {
    await remove();
    throw error;
  }
  project.provide('consumer', folder);
  return remove;
}

/** Returns the path of the packed client. */
export function getTarballPath(folder: string): string {
  return join(folder, 'client.tgz');
}

async function install(folder: string): Promise<void> {
  const tarball = getTarballPath(folder);
  // Scripts are ignored, because they would build the client again.
  await runPnpm(['pack', '--config.ignore-scripts=true', '--out', tarball], await realpath(CLIENT));

  const installed = join(folder, 'node_modules', '@firstofficer', 'client');
  await mkdir(installed, { recursive: true });
  await run('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1']);
  await copyDependencies(await realpath(CLIENT), installed, join(folder, 'node_modules'));
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'consumer', private: true }));
  await buildPrograms(folder);
}

/**
 * Copies the dependencies of a package from the workspace, so that the tests need no package registry. Also copies its
 * optional dependencies.
 */
async function copyDependencies(from: string, installed: string, modules: string): Promise<void> {
  const { dependencies, peerDependencies } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as {
    dependencies?: Record<string, string>;
    peerDependencies?: Record<string, string>;
  };
  for (const name of Object.keys({ ...dependencies, ...peerDependencies })) {
    const source = await realpath(findPackage(name, from));
    await cp(source, join(modules, name), { recursive: true, filter: (path) => !path.endsWith('node_modules') });
    await copyDependencies(source, join(modules, name), modules);
  }
}

function findPackage(name: string, from: string): string {
  const candidate = join(from, 'node_modules', name);
  if (existsSync(candidate)) return candidate;
  if (dirname(from) === from) throw new Error(`${name} is not installed. Run: npx -y pnpm@12 install`);
  return findPackage(name, dirname(from));
}

/**
 * Builds the programs in the consumer's folder. The client is external, so that the programs import the installed client.
 * The worker and the page are then bundled with the installed client, as users do.
 */
async function buildPrograms(folder: string): Promise<void> {
  const common = { bundle: true, logLevel: 'silent', target: 'es2022', minify: false } as const;
  const buildProgram = (name: string, extension: string, format: 'esm' | 'cjs') =>
    build({
      ...common,
      entryPoints: [join(PROGRAMS, `${name}.ts`)],
      outfile: join(folder, `${name}.${extension}`),
      format,
      external: ['@firstofficer/client'],
    });
  const bundleProgram = (name: string, conditions: string[]) =>
    build({
      ...common,
      entryPoints: [join(folder, `${name}.mjs`)],
      outfile: join(folder, `${name}.bundle.js`),
      format: 'esm',
      conditions,
    });
  await Promise.all([
    buildProgram('console', 'mjs', 'esm'),
    buildProgram('console', 'cjs', 'cjs'),
    buildProgram('react-native', 'mjs', 'esm'),
    buildProgram('worker', 'mjs', 'esm').then(() => bundleProgram('worker', ['workerd', 'worker', 'browser'])),
    buildProgram('page', 'mjs', 'esm').then(() => bundleProgram('page', ['browser'])),
  ]);
}
