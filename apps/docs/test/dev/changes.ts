import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';

/** What the server tells an open page: a version whenever there is another to load. */
export interface Changes extends Disposable {
  /** The next version that it tells. */
  next(): Promise<string>;
}

export async function followChanges(url: string): Promise<Changes> {
  const stop = new AbortController();
  const { body } = await fetch(`${url}/-/changes`, { signal: stop.signal });
  const lines = createInterface({ input: Readable.fromWeb(body as ReadableStream) });
  // What aborts the request ends the stream by an error.
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
