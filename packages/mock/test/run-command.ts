import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const CLI = fileURLToPath(new URL('../src/cli.ts', import.meta.url));

/** Starts the command. It is killed when the test ends. */
export function runCommand(...options: string[]) {
  const child = spawn(process.execPath, ['--conditions=@firstofficer/source', CLI, ...options]);
  onTestFinished(() => void child.kill('SIGKILL'));
  const output = child.stdout.setEncoding('utf8');
  const errors = child.stderr.setEncoding('utf8').toArray();
  const exit = once(child, 'exit').then(async ([code]) => ({ code: code as number, errors: (await errors).join('') }));
  return { child, output, exit };
}
