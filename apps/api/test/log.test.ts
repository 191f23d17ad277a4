import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';

const LOG = new URL('../src/commands/log.ts', import.meta.url).href;

/** Runs code in a process whose standard output is a pipe, with `log` as the log on that pipe. */
function runWithLog(code: string) {
  const program = `import { openLog } from '${LOG}'; const log = openLog(1); ${code}`;
  return spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'pipe'] });
}

test.each([
  ['a short line', ['{"msg":"ready"}']],
  ['lines of several bytes for each character', Array.from({ length: 500 }, (_, index) => `é${index}✓`)],
  ['a line that is longer than a block', ['a', 'b'.repeat(10_000), 'c']],
  ['lines that fill a block exactly', ['a'.repeat(4_095), 'b'.repeat(4_095), 'c']],
])('the log has all lines in their order when the process ends: %s', async (_, lines) => {
  const { stdout } = runWithLog(`for (const line of ${JSON.stringify(lines)}) log.write(line + '\\n');`);

  expect((await text(stdout)).split('\n')).toEqual([...lines, '']);
});

test('a process does not wait for the reader of its log, and the reader gets all lines in their order', async () => {
  // More than a pipe holds. The message on standard error shows that all lines were accepted before any was read.
  const child = runWithLog(`process.stdout.write('begin\\n');
    for (let line = 0; line < 100_000; line += 1) log.write(line + '\\n');
    setTimeout(() => process.stderr.write('written'), 10);`);
  await once(child.stderr, 'data');

  const lines = (await text(child.stdout)).split('\n');
  expect(lines.length).toBe(100_002);
  expect(lines).toEqual(['begin', ...Array.from({ length: 100_000 }, (_, line) => String(line)), '']);
});
