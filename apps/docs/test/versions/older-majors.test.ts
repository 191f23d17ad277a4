import { expect, test } from 'vitest';
import { findOlderReleases } from '../../src/versions/older-majors.ts';

test.for([
  [[], []],
  [['v2.0.0', 'v3.1.0'], []],
  [['v1.9.0', 'v1.10.0', 'v1.2.11', 'v2.0.0'], ['v1.10.0']],
  [
    ['v1.0.9', 'v0.3.0', 'v1.0.10'],
    ['v0.3.0', 'v1.0.10'],
  ],
  [['v1.0.0', 'v1.1.0-rc.1', 'v1.1', 'client-v1.2.0', 'v1.1.1.1'], ['v1.0.0']],
] as const)('the older releases of version 2 in %j are %j', ([tags, kept]) => {
  expect(findOlderReleases(tags, 2).map(({ tag }) => tag)).toEqual(kept);
});
