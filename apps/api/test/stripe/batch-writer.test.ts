import { expect, test } from 'vitest';
import { createBatchWriter } from '../../src/stripe/sync/batch-writer.ts';

test('items are written together, in their order, and at once when they are needed', async () => {
  const batches: (readonly number[])[] = [];
  const writer = createBatchWriter<number>({
    intervalMs: 3_600_000,
    maxWaiting: 3,
    write: async (items) => void batches.push(items),
  });
  await writer.add(1);
  await writer.add(2);
  expect(batches).toEqual([]);
  // The third item may not wait.
  await writer.add(3);
  expect(batches).toEqual([[1, 2, 3]]);
  await writer.add(4);
  await writer.flush();
  expect(batches).toEqual([[1, 2, 3], [4]]);
  await writer.flush();
});

test('a writer that waits for a batch goes on when the next one begins', async () => {
  const batches: (readonly number[])[] = [];
  const writes = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const writer = createBatchWriter<number>({
    intervalMs: 3_600_000,
    maxWaiting: 2,
    write(items) {
      batches.push(items);
      return writes[batches.length - 1]?.promise ?? Promise.resolve();
    },
  });
  const added = [writer.add(1), writer.add(2)];
  while (batches.length === 0) await new Promise(setImmediate);
  // The batch becomes full while the first one is written.
  added.push(writer.add(3), writer.add(4));
  writes[0]?.resolve();
  // Does not wait for the second batch.
  await Promise.all(added);
  expect(batches).toEqual([
    [1, 2],
    [3, 4],
  ]);
  writes[1]?.resolve();
  await writer.add(5);
  await writer.flush();
  expect(batches.at(-1)).toEqual([5]);
});

test('an error of a transaction is thrown by `add` and `flush`', async () => {
  const writer = createBatchWriter<number>({
    intervalMs: 0,
    maxWaiting: 3,
    write: () => Promise.reject(new Error('The disk is full.')),
  });
  await writer.add(1);
  await expect(writer.flush()).rejects.toThrow('The disk is full.');
  await expect(writer.add(2)).rejects.toThrow('The disk is full.');
});
