import { statSync, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Sources } from '../site/content.ts';
import { CONFIG } from './lint.ts';

/**
 * Tells of every save of the content.
 *
 * @throws Error with the code `ENOENT` if one of them is not there.
 * @example
 * watchSources(SOURCES, () => void preview.refresh());
 */
export function watchSources({ spec, ...folders }: Sources, onSave: () => void): void {
  let pending: NodeJS.Timeout | undefined;
  const notice = (name: string | null) => {
    if (name !== null && isOfAnEditor(basename(name))) return;
    clearTimeout(pending);
    // A save is several events: what comes within a blink is one.
    pending = setTimeout(onSave, 50);
  };
  // Folders, not files: editors that save by renaming would end the watch on a file.
  const files = [basename(spec), CONFIG];
  watch(dirname(spec), (_, name) => (name === null || files.includes(name)) && notice(name));
  for (const folder of Object.values(folders)) {
    // A recursive watch on nothing would say nothing.
    statSync(folder);
    watch(folder, { recursive: true }, (_, name) => notice(name));
  }
}

/** Swap files, backups and locks are no saves. */
function isOfAnEditor(name: string): boolean {
  return name.startsWith('.') || name.endsWith('~');
}
