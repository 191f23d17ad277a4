import { setTimeout as delay } from 'node:timers/promises';

/** Options of {@link createBatchWriter}. */
export interface BatchWriterOptions<Item> {
  /** Writes items in one transaction, in their order. */
  readonly write: (items: readonly Item[]) => Promise<void>;
  /** The least time between two transactions, in milliseconds. */
  readonly intervalMs: number;
  /** How many items may wait before `add` waits. */
  readonly maxWaiting: number;
}

/** Writes items in batches. */
export interface BatchWriter<Item> {
  /** Adds an item. Waits while too many others wait. Throws if a batch could not be written. */
  add(item: Item): Promise<void>;
  /** Writes all items that wait, without a pause. */
  flush(): Promise<void>;
}

/**
 * Creates a writer that collects items and writes them together. On SQLite, each transaction empties the page cache of all
 * other processes, so many small ones would slow down the server.
 */
export function createBatchWriter<Item>({
  write,
  intervalMs,
  maxWaiting,
}: BatchWriterOptions<Item>): BatchWriter<Item> {
  let waiting: Item[] = [];
  let isWriting = false;
  /** Ends when the batch is written that is collected or written now. */
  let written = Promise.withResolvers<void>();
  let failure: { readonly error: unknown } | undefined;
  let pause = new AbortController();

  return {
    async add(item) {
      throwFailure();
      waiting.push(item);
      if (!isWriting) void writeAll();
      while (waiting.length >= maxWaiting && !failure) await finishBatch();
      throwFailure();
    },
    async flush() {
      while (isWriting && !failure) await finishBatch();
      throwFailure();
    },
  };

  /** Waits until the batch is written that is collected or written now. Others may add items meanwhile. */
  async function finishBatch(): Promise<void> {
    pause.abort();
    await written.promise;
  }

  function throwFailure(): void {
    if (failure) throw failure.error;
  }

  /** Writes until nothing waits. Does not throw: the next call of `add` or `flush` does. */
  async function writeAll(): Promise<void> {
    isWriting = true;
    while (waiting.length > 0 && !failure) {
      written = Promise.withResolvers();
      pause = new AbortController();
      // All that add items may already wait for a full batch, so that nobody would end the pause.
      if (waiting.length < maxWaiting) await delay(intervalMs, undefined, { signal: pause.signal }).catch(() => {});
      const batch = waiting;
      waiting = [];
      try {
        await write(batch);
      } catch (error) {
        failure = { error };
      }
      written.resolve();
    }
    isWriting = false;
  }
}
