import { open, readFile, rm } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';

/** How often to check a lock that another process holds. */
const INTERVAL_MS = 100;
/** How long to wait for the other process before it counts as stuck. */
const LIMIT_MS = 600_000;

/**
 * Waits until no other process holds the lock, and then holds it until it is disposed of. A lock is free if its process
 * has ended.
 *
 * @throws Error if another process holds the lock for ten minutes.
 */
export async function acquireLock(file: string): Promise<AsyncDisposable> {
  const deadline = performance.now() + LIMIT_MS;
  while (!(await tryToCreate(file))) {
    if (await isAbandoned(file)) await rm(file, { force: true });
    else if (performance.now() < deadline) await setTimeout(INTERVAL_MS);
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
  // The file is empty until the process that created it has written its ID.
  if (pid === 0) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
