import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { killTree } from '../src/kill-tree.ts';

// The child starts a grandchild in a new process group and prints its PID. Both run until they are killed.
const CHILD = `
  const { spawn } = require('node:child_process');
  const grandchild = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: ['ignore', 'inherit', 'ignore'] });
  console.log(grandchild.pid);
  setInterval(() => {}, 1000);
`;

test('kills a process and its descendants', async () => {
  const child = spawn(process.execPath, ['-e', CHILD], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(child.stdout, 'data');
  expect(Number(line)).toBeGreaterThan(0);
  const exit = once(child, 'exit');
  // Both processes hold the pipe open, so it closes only when both have ended.
  const closed = once(child.stdout, 'close');
  killTree(child);

  expect(await exit).toEqual([null, process.platform === 'win32' ? null : 'SIGKILL']);
  await closed;
});
