import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { installOnDemand, runPnpm } from '@firstofficer/on-demand';
import { runSource } from '@firstofficer/testing/run-command';
import { expect, test } from 'vitest';
import { listWorkspaces, ROOT } from '../src/workspaces.ts';

const CLI = join(import.meta.dirname, '../src/licenses/cli.ts');

const checkLicenses = (...args: readonly string[]) => runSource(CLI, args);

test.for(listWorkspaces().filter((folder) => folder !== '.'))('the licences of %s are allowed', async (folder) => {
  await installOnDemand(join(ROOT, folder));
  expect(await checkLicenses('--dir', join(ROOT, folder))).toMatchObject({ code: 0, stderr: '' });
});

test('names a package with a forbidden licence and one without a licence, and what to do', async (context) => {
  const folder = await createTemporaryFolder(context);
  for (const [name, license] of [
    ['copyleft', 'AGPL-3.0-only'],
    ['nameless', undefined],
    ['fine', 'MIT'],
  ]) {
    await mkdir(join(folder, 'packages', `${name}`), { recursive: true });
    const manifest = { name, version: '1.0.0', license };
    await writeFile(join(folder, 'packages', `${name}`, 'package.json'), JSON.stringify(manifest));
    await runPnpm(['pack', '--pack-destination', folder], join(folder, 'packages', `${name}`));
  }
  const dependencies = Object.fromEntries(
    ['copyleft', 'nameless', 'fine'].map((name) => [name, `file:${name}-1.0.0.tgz`]),
  );
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'user', private: true, dependencies }));
  await writeFile(join(folder, 'pnpm-workspace.yaml'), 'pmOnFail: ignore\n');
  await runPnpm(['install'], folder);

  const { code, stderr } = await checkLicenses('--dir', folder);
  expect(code).toBe(1);
  expect(stderr).toContain('copyleft 1.0.0: AGPL-3.0-only\n  nameless 1.0.0: Unknown\n');
  expect(stderr).not.toContain('fine');
  expect(stderr).toContain('Use another package.');
});

test('an unknown option is wrong usage', async () => {
  expect(await checkLicenses('--wrong')).toMatchObject({ code: 2 });
});
