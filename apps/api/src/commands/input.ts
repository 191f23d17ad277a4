import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';

/** Opens a file, or standard input if its name is `-`. Errors say which file cannot be read. */
export async function openInput(file: string): Promise<AsyncIterable<Buffer>> {
  if (file === '-') return readInput(process.stdin, 'Standard input');
  const name = `The file ${file}`;
  try {
    const handle = await open(file);
    if ((await handle.stat()).isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
    return readInput(createReadStream(file, { fd: handle, highWaterMark: CHUNK_BYTES }), name);
  } catch (error) {
    throw describeReadError(error, name);
  }
}

/** Larger chunks than the default of 64 KiB are read faster. */
const CHUNK_BYTES = 1024 * 1024;

async function* readInput(input: AsyncIterable<Buffer>, name: string): AsyncGenerator<Buffer> {
  try {
    yield* input;
  } catch (error) {
    throw describeReadError(error, name);
  }
}

function describeReadError(error: unknown, name: string): Error {
  const { code } = error as NodeJS.ErrnoException;
  return new Error(`${name} cannot be read (${code}). Check the path and its permissions.`);
}

/** Returns the control characters that erase the progress line on standard error. */
export function eraseLine(): string {
  return process.stderr.isTTY ? '\r\u001b[K' : '';
}
