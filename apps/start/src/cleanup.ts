import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const cleanups: (() => void)[] = [];

process.once('exit', () => {
  for (const cleanUp of cleanups.toReversed()) {
    try {
      cleanUp();
    } catch {
      // The process is ending. Ignore the error, so that the other functions still run.
    }
  }
});

/**
 * Runs a function when this process ends, for whatever reason: Ctrl-C, an error, or nothing left to do. The last
 * function that was added runs first. It must be synchronous, because the process does not wait.
 *
 * @example
 * atExit(() => killTree(child));
 */
export function atExit(cleanUp: () => void): void {
  cleanups.push(cleanUp);
}

/**
 * Creates a folder that is removed when this process ends.
 *
 * @example
 * const directory = temporaryFolder();
 */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'firstofficer-start-'));
  atExit(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}
