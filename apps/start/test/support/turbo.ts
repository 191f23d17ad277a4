import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Replaces turbo in the tests. Like turbo, it runs its task in a separate session, and waits for the task when it
// receives a signal. The task ignores signals, like a task of turbo that misses one. Both connect to the test, which
// knows from the connections whether they still run, and tells the task when to end and with which exit code.

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
const test = connect(Number(process.env.TEST_PORT), '127.0.0.1');

if (process.argv.includes('task')) {
  writeFileSync(join(tmpdir(), 'unfinished'), '');
  const [code] = await once(test.setEncoding('utf8'), 'data');
  if (code !== '0') console.error('spec/openapi.yaml has no title.');
  process.exit(Number(code));
} else {
  const task = spawn(process.execPath, [import.meta.filename, 'task'], { detached: true, stdio: 'inherit' });
  const [code] = await once(task, 'exit');
  process.exit(code);
}
