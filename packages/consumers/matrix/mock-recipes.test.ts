import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, realpath, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, inject, test } from 'vitest';
import { getPackageFolder } from './toolchains.ts';

const RECIPES = join(import.meta.dirname, '../recipes');
const MODULES = join(import.meta.dirname, '../node_modules');
// The mock must use the same MSW as the recipe, as after an installation.
const MOCK = await realpath(join(MODULES, '@firstofficer/mock'));
const PACKAGES = {
  '@firstofficer/mock': MOCK,
  jest: getPackageFolder('jest'),
  msw: join(MOCK, 'node_modules/msw'),
  vitest: join(MODULES, 'vitest'),
};

/** Copies a recipe into a project that has the packages of the recipes installed. Returns the folder of the project. */
async function createProject(recipe: string): Promise<string> {
  const folder = await mkdtemp(join(inject('consumer'), `${recipe}-`));
  for (const [name, path] of Object.entries(PACKAGES)) {
    const link = join(folder, 'node_modules', name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(path, link, 'junction');
  }
  await cp(join(RECIPES, recipe), folder, { recursive: true });
  return folder;
}

/** Runs the tests of a project with Vitest or Jest. Returns what it prints. */
async function runTests(program: string, cwd: string, signal: AbortSignal): Promise<string> {
  const env = { PATH: process.env.PATH, HOME: cwd, NO_COLOR: '1', CI: '1' };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [join('node_modules', program)], {
    cwd,
    env,
    signal,
  });
  return stdout + stderr;
}

test.for(['vitest', 'msw-node'])('the recipe %s passes in Vitest', async (recipe, { signal }) => {
  const folder = await createProject(recipe);

  expect(await runTests('vitest/vitest.mjs', folder, signal)).toMatch(/Tests +1 passed/);
});

test('the recipe jest passes in Jest', async ({ signal }) => {
  const folder = await createProject('jest');

  expect(await runTests('jest/bin/jest.js', folder, signal)).toMatch(/Tests: +1 passed/);
});
