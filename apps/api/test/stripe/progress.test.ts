import { expect, test } from 'vitest';
import { formatProgress } from '../../src/stripe/sync/progress.ts';

test('the progress shows objects, requests, rate and the time that remains', () => {
  const progress = { activity: 'reading all objects', objects: 12_345, requests: 150, elapsedMs: 10_000, pages: 125 };
  expect(formatProgress({ ...progress, remainingPages: 250 })).toBe(
    'reading all objects: 12,345 objects, 150 requests, 12.5 pages per second, about 20 s left',
  );
  expect(formatProgress({ ...progress, remainingPages: 7_500 })).toMatch(/about 10 min left$/);
  expect(formatProgress({ ...progress, remainingPages: 100_000 })).toMatch(/about 2 h left$/);
  expect(formatProgress({ ...progress, activity: 'reading changes', pages: 0, remainingPages: undefined })).toBe(
    'reading changes: 12,345 objects, 150 requests',
  );
});
