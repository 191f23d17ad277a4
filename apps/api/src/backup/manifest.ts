import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { PRIVATE } from '../database/files.ts';

/** The list of the files of a backup. */
export interface Manifest {
  readonly format: 1;
  /** The time in ISO 8601. */
  readonly createdAt: string;
  /** The SHA-256 of each file, by its name. */
  readonly files: Readonly<Record<string, string>>;
}

const FILE = 'manifest.json';

/** Writes the manifest of a backup. */
export async function writeManifest(directory: string, names: readonly string[]): Promise<void> {
  const hashes = names.map(async (name) => [name, await hashFile(join(directory, name))] as const);
  const files = Object.fromEntries(await Promise.all(hashes));
  const manifest: Manifest = { format: 1, createdAt: new Date().toISOString(), files };
  await writeFile(join(directory, FILE), `${JSON.stringify(manifest, null, 2)}\n`, { mode: PRIVATE, flush: true });
}

/**
 * Reads the manifest of a backup.
 *
 * @throws Error if the directory is not a backup.
 */
export async function readManifest(directory: string): Promise<Manifest> {
  const text = await readFile(join(directory, FILE), 'utf8').catch(({ code }: NodeJS.ErrnoException) => {
    throw new Error(`${directory} is not a backup: its ${FILE} cannot be read (${code}). Choose another directory.`);
  });
  try {
    const manifest: Manifest = JSON.parse(text);
    if (manifest.format === 1 && Object.values(manifest.files).every((hash) => typeof hash === 'string'))
      return manifest;
  } catch {
    // The message below is enough.
  }
  throw new Error(`The file ${FILE} in ${directory} is invalid. Use another backup.`);
}

/** Returns the SHA-256 of a file. */
export async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
