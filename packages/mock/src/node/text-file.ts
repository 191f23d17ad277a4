import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { TextDecoder } from 'node:util';
import { formatFaults } from '../engine/format-faults.ts';

/** A file that the user named, and its text. */
export interface TextFile {
  /** The path. */
  readonly file: string;
  readonly text: string;
}

/**
 * Reads a text file in UTF-8.
 *
 * @param content - What the file contains, for the message of the error.
 * @throws Error if the file cannot be read, or if it has another encoding.
 */
export async function readTextFile(location: string | URL, content: 'examples' | 'scenarios'): Promise<TextFile> {
  const file = location instanceof URL && location.protocol === 'file:' ? fileURLToPath(location) : String(location);
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new Error(`cannot read the ${content} in ${file} (${error.code}). Check the path.`);
  });
  const text = decode(bytes);
  if (text !== undefined) return { file, text };
  const lines = bytes.toString('latin1').split('\n');
  const index = lines.findIndex((line) => decode(Buffer.from(line, 'latin1')) === undefined);
  throw new Error(formatFaults(content, [`${file}:${index + 1}: is not UTF-8. Save the file as UTF-8`]));
}

/** Decodes UTF-8. Returns undefined if the bytes are invalid, or contain NUL as UTF-16 does. */
function decode(bytes: Buffer): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
