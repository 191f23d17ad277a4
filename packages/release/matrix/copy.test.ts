import { execFile } from 'node:child_process';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { createCopy } from '../src/copy.ts';
import { runGit } from '../src/git.ts';
import { createTemporaryFolder } from '../test/packed-fixture.ts';

const run = promisify(execFile);

/** Creates a repository with two commits and a file that is not committed, and clones its last commit. */
async function createShallowClone(): Promise<string> {
  const folder = await createTemporaryFolder();
  const [origin, clone] = [join(folder, 'origin'), join(folder, 'clone')];
  await runGit(['init', '--quiet', origin], folder);
  const files = {
    'package.json': '{"name":"root","private":true}',
    'pnpm-workspace.yaml': 'packages: []\n',
    'pnpm-lock.yaml': "lockfileVersion: '9.0'\nimporters:\n  .: {}\n",
  };
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(origin, name), text);
    await runGit(['add', name], origin);
    await runGit(['-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '--quiet', '-m', name], origin);
  }
  await run('git', ['clone', '--quiet', '--depth', '1', pathToFileURL(origin).href, clone]);
  await writeFile(join(clone, 'notes.txt'), '');
  return clone;
}

test('the copy has the files of the last commit, and a history that is complete', async () => {
  const clone = await createShallowClone();

  await using copy = await createCopy(clone);

  expect(await readFile(join(copy.folder, 'package.json'), 'utf8')).toContain('root');
  expect(await runGit(['ls-files'], copy.folder)).not.toContain('notes.txt');
  expect(await runGit(['rev-parse', '--is-shallow-repository'], copy.folder)).toBe('false');
});

test('the copy is deleted when it is no longer needed', async () => {
  const copy = await createCopy(await createShallowClone());

  await copy[Symbol.asyncDispose]();

  await expect(stat(copy.folder)).rejects.toThrow('ENOENT');
});
