import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs git in a folder and returns what it printed. */
export async function runGit(args: readonly string[], cwd: string): Promise<string> {
  return (await run('git', args, { cwd })).stdout.trim();
}

/** Returns the files of a folder that differ from the last commit, or that git does not know. */
export async function listChangedFiles(root: string): Promise<string[]> {
  const status = await runGit(['status', '--porcelain', '--no-renames'], root);
  return status === '' ? [] : status.split('\n').map((line) => line.trim().replace(/^\S+\s+/, ''));
}
