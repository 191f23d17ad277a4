import { open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';

/**
 * Writes a file so that nobody ever sees a part of it, and the one that was there stays until the new one is complete.
 */
export async function writeAtomically(file: string, text: string): Promise<void> {
  const before = await stat(file).catch(() => undefined);
  // A pipe or a device, such as /dev/stdout, cannot be replaced; a folder gives the error that says so.
  if (before && !before.isFile()) return writeFile(file, text);
  // A link goes on pointing to where it points.
  const target = before ? await realpath(file) : file;
  const draft = `${target}.${process.pid}.tmp`;
  try {
    const handle = await open(draft, 'w', before?.mode);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
