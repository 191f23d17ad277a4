import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Stands in for turbo in the tests. Like turbo, it runs its task in a session of its own, and waits for it when it is
// told to stop. The task ignores that, like a task of turbo that misses the signal. Both connect to the test, which
// sees by the connections whether they still run, and tells the task when to end and with which exit code.

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
