import { execFile } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { FETCH_PROJECTS, findTypeErrors, listExpectedErrors, PROJECTS, readSource } from '../src/compiler.ts';
import { getPackageFolder, linkPackages, requireRuntime } from './toolchains.ts';

const run = promisify(execFile);

const OLDER = ['typescript-5.4', 'typescript-5.9', 'typescript-6.0'].map(
  (name) => [name, getPackageFolder(name)] as const,
);
const CURRENT = ['typescript', dirname(fileURLToPath(import.meta.resolve('typescript/package.json')))] as const;

describe.concurrent.for(Object.entries(PROJECTS))('a strict project for %s', ([, project]) => {
  test.for(OLDER)('has only the expected errors with %s', async ([, folder]) => {
    expect(await findTypeErrors(folder, project, inject('consumer'))).toEqual(listExpectedErrors(project));
  });
});

describe.concurrent.for(Object.entries(FETCH_PROJECTS))('the fetch of %s', ([, project]) => {
  beforeAll(() =>
    linkPackages(inject('consumer'), ['@cloudflare/workers-types', '@types/node', 'node-fetch', 'undici']),
  );

  test.for([...OLDER, CURRENT])('is assignable with %s', async ([, folder]) => {
    expect(await findTypeErrors(folder, project, inject('consumer'))).toEqual([]);
  });
});

test('the fetch of Deno is assignable with the compiler of Deno', async (context) => {
  const deno = requireRuntime(context, 'deno');
  const cwd = await mkdtemp(join(inject('consumer'), 'deno-'));
  await writeFile(join(cwd, 'fetch.ts'), await readSource('fetch/deno'));
  const options = ['--cached-only', '--node-modules-dir=manual'];
  // Rejects with the errors, if there are any.
  await run(deno, ['check', ...options, 'fetch.ts'], { cwd, env: { DENO_DIR: join(cwd, 'cache'), NO_COLOR: '1' } });
});
