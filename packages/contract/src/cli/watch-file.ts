import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';

// Editors write a file in several steps.
const SETTLED_MS = 100;

/**
 * Calls back whenever a file has changed, also when an editor replaces it by another.
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
