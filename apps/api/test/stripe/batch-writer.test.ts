import { expect, test } from 'vitest';
import { createBatchWriter } from '../../src/stripe/batch-writer.ts';

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

test('an error of a transaction reaches whoever adds or flushes', async () => {
  const writer = createBatchWriter<number>({
    intervalMs: 0,
    maxWaiting: 3,
    write: () => Promise.reject(new Error('The disk is full.')),
  });
  await writer.add(1);
  await expect(writer.flush()).rejects.toThrow('The disk is full.');
  await expect(writer.add(2)).rejects.toThrow('The disk is full.');
});
