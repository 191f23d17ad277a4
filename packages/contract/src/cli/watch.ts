import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';

// Editors may write a file in several steps; wait until the last one.
const SETTLED_MS = 100;

/** What to run, and the file whose changes repeat it. */
interface Watched {
  readonly file: string;
  run(): Promise<unknown>;
  onError(message: string): void;
}

/** Calls `run`, and again whenever the file changes, until a signal stops the process. */
export async function repeatOnChange({ file, run, onError }: Watched): Promise<never> {
  for (;;) {
    const { promise: changed, resolve } = Promise.withResolvers<void>();
    const stop = watchFile(file, resolve);
    // Continue after a file with a mistake: the next change may correct it.
    await run().catch((error: unknown) => onError(error instanceof Error ? error.message : String(error)));
    await changed;
    stop();
  }
}

/**
 * Calls `onChange` whenever a file changes, also if an editor replaces it by a new file.
 *
 * @returns A function that stops watching.
 */
function watchFile(file: string, onChange: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(dirname(file), (_, name) => {
    if (name !== basename(file)) return;
    clearTimeout(timer);
    timer = setTimeout(onChange, SETTLED_MS);
  });
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}
