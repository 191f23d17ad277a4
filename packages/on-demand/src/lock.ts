import { open, readFile, rm } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';

/** Milliseconds between two looks at a lock that another process holds. */
const INTERVAL = 100;
/** Milliseconds after which the other process is believed to hang. */
const LIMIT = 600_000;

/**
 * Waits until no other process holds the lock, and holds it until it is disposed of. A lock whose process has ended
 * counts as free.
 *
 * @throws Error if it takes longer than ten minutes.
 */
export async function acquireLock(file: string): Promise<AsyncDisposable> {
  const deadline = performance.now() + LIMIT;
  while (!(await tryToCreate(file))) {
    if (await isAbandoned(file)) await rm(file, { force: true });
    else if (performance.now() < deadline) await setTimeout(INTERVAL);
    else throw new Error(`${file} has existed for ten minutes. If no other process is installing, delete it.`);
  }
  return { [Symbol.asyncDispose]: () => rm(file, { force: true }) };
}

async function tryToCreate(file: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx');
    await handle.writeFile(String(process.pid));
    await handle.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function isAbandoned(file: string): Promise<boolean> {
  const pid = Number(await readFile(file, 'utf8').catch(() => ''));
  // A process creates the file before it writes its number.
  if (pid === 0) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
