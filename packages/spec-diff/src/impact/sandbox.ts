import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { generateModules } from '@firstofficer/client/generate';
import { UsageError } from '@firstofficer/common/command';

const ROOT = join(import.meta.dirname, '../../../..');
const CLIENT = join('packages', 'client');
/** What the tests of the client read, apart from packages. */
const SOURCES = ['package.json', 'src', 'test', 'tsconfig.json', 'vitest.config.ts'].map((name) => join(CLIENT, name));
const SHARED = ['tsconfig.base.json', 'spec'];

/** A copy of the client in a folder of its own. Disposing of it deletes it. */
export interface Sandbox extends AsyncDisposable {
  /** The folder of the client. */
  readonly folder: string;
}

/** What a sandbox contains. */
export interface SandboxOptions {
  /** The description that the client is generated from. */
  readonly spec: string;
  /** The git tag of the client's sources and tests. Default: the working tree. */
  readonly tag?: string | undefined;
  /** The folder of the git repository that has the tag. Default: this repository. */
  readonly repository?: string | undefined;
}

/** Copies the client and its tests, with the files that are generated from a description, to a temporary folder. */
export async function createSandbox({ spec, tag, repository = ROOT }: SandboxOptions): Promise<Sandbox> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'firstofficer-client-')));
  const dispose = () => rm(root, { recursive: true, force: true });
  try {
    await (tag ? extractTag(tag, repository, root) : copyWorkingTree(root));
    const folder = join(root, CLIENT);
    await cp(spec, join(root, 'spec/openapi.yaml'));
    await linkPackages(folder, join(root, 'spec'));
    if (!tag) {
      const generated = pathToFileURL(join(folder, 'src/generated/'));
      const modules = await generateModules(spec, generated).catch((error: Error) => {
        throw new UsageError(
          `the client cannot be generated from ${spec}, so --clients is impossible: ${error.message}`,
        );
      });
      for (const { file, text } of modules) await writeFile(file, text);
    }
    return { folder, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/**
 * Returns the tag of a release of the client, or undefined if this clone does not have it.
 *
 * @param version - The version of the release.
 */
export async function findTag(version: string, repository = ROOT): Promise<string | undefined> {
  const tag = `@firstofficer/client@${version}`;
  const args = ['rev-parse', '--quiet', '--verify', `refs/tags/${tag}^{commit}`];
  return promisify(execFile)('git', args, { cwd: repository }).then(
    () => tag,
    () => undefined,
  );
}

async function extractTag(tag: string, repository: string, root: string): Promise<void> {
  const archive = join(root, 'client.tar');
  const run = promisify(execFile);
  await run('git', ['archive', `--output=${archive}`, `refs/tags/${tag}`, CLIENT.replaceAll('\\', '/'), ...SHARED], {
    cwd: repository,
  });
  await run('tar', ['-xf', 'client.tar'], { cwd: root });
}

async function copyWorkingTree(root: string): Promise<void> {
  const filter = (source: string) => !/[\\/](node_modules|dist)$/.test(source);
  for (const path of [...SOURCES, ...SHARED]) await cp(join(ROOT, path), join(root, path), { recursive: true, filter });
}

/** Gives a copy of the client the packages that are installed for the client, and its own description. */
async function linkPackages(folder: string, spec: string): Promise<void> {
  const installed = join(ROOT, CLIENT, 'node_modules');
  const target = join(folder, 'node_modules');
  const names = (await readdir(installed)).filter((name) => !name.startsWith('.'));
  const packages = await Promise.all(
    names.map(async (name) =>
      name.startsWith('@') ? (await readdir(join(installed, name))).map((own) => join(name, own)) : [name],
    ),
  );
  for (const name of packages.flat()) {
    await mkdir(join(target, name, '..'), { recursive: true });
    const isSpec = name === join('@firstofficer', 'spec');
    await symlink(isSpec ? spec : await realpath(join(installed, name)), join(target, name), 'junction');
  }
}
