import { globSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PARTS } from '../src/parts.ts';

const ROOT = join(import.meta.dirname, '../../..');

const patterns = Object.values(PARTS).flatMap(({ folder, files, excludedTests }) =>
  [...files, ...excludedTests].map((pattern) => join(folder, pattern.replace('!', ''))),
);

test.for(patterns)('%s matches files', (pattern) => {
  expect(globSync(pattern, { cwd: ROOT })).not.toEqual([]);
});

test.for(Object.entries(PARTS))('%s has a floor that a score can be below', ([, { floor }]) => {
  expect(floor).toBeGreaterThan(0);
  expect(floor).toBeLessThanOrEqual(100);
});
