import { existsSync, readdirSync, watch } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Sources } from '../site/content.ts';
import { CONFIG } from './lint.ts';

/**
 * Tells of every save of the content.
 *
 * @throws Error with the code `ENOENT` if a folder is not there.
 * @example
 * watchSources(SOURCES, () => void preview.refresh());
 */
export function watchSources({ spec, ...folders }: Sources, onSave: () => void): void {
  let pending: NodeJS.Timeout | undefined;
  const notice = (name: string | null) => {
    if (name !== null && isOfAnEditor(name)) return;
    clearTimeout(pending);
    // A save is several events: what comes within a blink is one.
    pending = setTimeout(onSave, 50);
  };
  const files = [basename(spec), CONFIG];
  watch(dirname(spec), (_, name) => (name === null || files.includes(name)) && notice(name));
  for (const folder of Object.values(folders)) watchTree(folder, notice);
}

/**
 * Watches a folder and those in it, each by itself: what watches a file loses it once an editor saves by renaming, and
 * that is what a recursive watch does on Linux.
 */
function watchTree(root: string, onEvent: (name: string | null) => void): void {
  const watched = new Set<string>();
  const follow = (folder: string) => {
    if (watched.has(folder)) return;
    watched.add(folder);
    const watcher = watch(folder, (_, name) => {
      // Should it come back, the folder above tells.
      if (existsSync(folder)) followFolders(folder);
      else watcher.close();
      onEvent(name);
    });
    watcher.on('error', () => watcher.close()).on('close', () => watched.delete(folder));
    followFolders(folder);
  };
  const followFolders = (folder: string) => {
    for (const entry of foldersIn(folder)) follow(join(folder, entry));
  };
  follow(root);
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
  } catch {
    // It was removed a moment ago.
    return [];
  }
}

/** Swap files, backups and locks are no saves. */
function isOfAnEditor(name: string): boolean {
  return name.startsWith('.') || name.endsWith('~');
}
