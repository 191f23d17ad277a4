import { expect, test } from 'vitest';
import { createRequestCounters } from '../src/server/create-server.ts';
import { shareCounters } from '../src/workers/counts.ts';

test('counters contain the requests of other processes, and report only their own', () => {
  const [first, second] = [shareCounters(createRequestCounters()), shareCounters(createRequestCounters())];
  first.counters.keys.add('a');
  first.counters.keys.add('a');
  first.counters.failures.add('a');
  const counts = first.take();
  second.receive(counts);

  expect(counts).toEqual([
    ['failures', 'a', 1],
    ['keys', 'a', 2],
  ]);
  expect(second.counters.keys.add('a').count).toBe(3);
  expect(second.counters.failures.add('b').count).toBe(1);
  expect(second.take()).toEqual([
    ['failures', 'b', 1],
    ['keys', 'a', 1],
  ]);
  expect(first.take()).toEqual([]);
});
