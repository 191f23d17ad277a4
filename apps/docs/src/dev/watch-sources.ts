import { existsSync, readdirSync, watch } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Sources } from '../content/read-content.ts';
import { CONFIG } from './problems.ts';

/**
 * Calls a function after each save in the content's files and folders.
 *
 * @throws Error with the code `ENOENT` if a folder does not exist.
 * @example
 * watchSources(SOURCES, () => console.log('A file was saved.'));
 */
export function watchSources({ spec, ...folders }: Sources, onSave: () => void): void {
  let pending: NodeJS.Timeout | undefined;
  const scheduleOnSave = (name: string | null) => {
    if (name !== null && isEditorFile(name)) return;
    clearTimeout(pending);
    // One save causes several events. Events within 50 ms count as one save.
    pending = setTimeout(onSave, 50);
  };
  const files = [basename(spec), CONFIG];
  watch(dirname(spec), (_, name) => (name === null || files.includes(name)) && scheduleOnSave(name));
  for (const folder of Object.values(folders)) watchTree(folder, scheduleOnSave);
}

/**
 * Watches a folder and each of its subfolders separately. A recursive watch on Linux watches single files, and loses a
 * file when an editor saves it by renaming.
 */
function watchTree(root: string, onEvent: (name: string | null) => void): void {
  const watched = new Set<string>();
  const watchFolder = (folder: string) => {
    if (watched.has(folder)) return;
    watched.add(folder);
    const watcher = watch(folder, (_, name) => {
      // If the folder is created again, the watcher of its parent reports it.
      if (existsSync(folder)) watchSubfolders(folder);
      else watcher.close();
      onEvent(name);
    });
    watcher.on('error', () => watcher.close()).on('close', () => watched.delete(folder));
    watchSubfolders(folder);
  };
  const watchSubfolders = (folder: string) => {
    for (const entry of listFolders(folder)) watchFolder(join(folder, entry));
  };
  watchFolder(root);
}

function listFolders(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
  } catch {
    // The folder was removed in the meantime.
    return [];
  }
}

/** Returns whether a file is an editor's swap file, backup or lock. */
function isEditorFile(name: string): boolean {
  return name.startsWith('.') || name.endsWith('~');
}
