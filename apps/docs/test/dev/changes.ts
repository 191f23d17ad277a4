import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';

/** The event stream that tells an open page which version to load. */
export interface Changes extends Disposable {
  /** Returns the next version from the stream. */
  next(): Promise<string>;
}

export async function followChanges(url: string): Promise<Changes> {
  const stop = new AbortController();
  const { body } = await fetch(`${url}/-/changes`, { signal: stop.signal });
  const lines = createInterface({ input: Readable.fromWeb(body as ReadableStream) });
  // Aborting the request ends the stream with an error.
  lines.on('error', () => {});
  const iterator = lines[Symbol.asyncIterator]();
  return {
    async next() {
      for (;;) {
        const { value, done } = await iterator.next();
        if (done) throw new Error('The server has ended the stream.');
        if (value.startsWith('data: ')) return value.slice('data: '.length);
      }
    },
    [Symbol.dispose]: () => stop.abort(),
  };
}
