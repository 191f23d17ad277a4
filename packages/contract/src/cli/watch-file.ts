import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';

// Editors may write a file in several steps; wait until the last one.
const SETTLED_MS = 100;

/**
 * Calls `onChange` whenever a file changes, also if an editor replaces it by a new file.
 *
 * @returns A function that stops watching.
 */
export function watchFile(file: string, onChange: () => void): () => void {
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
