import { expect, test } from 'vitest';
import { checkNodeVersion } from '../src/node-version.ts';

test.each(['24.18.0', '24.20.1', '26.0.0', '100.0.0'])('Node %s is supported', (version) => {
  expect(checkNodeVersion(version)).toBeUndefined();
});

test.each(['24.17.3', '24.2.0', '20.20.2', '9.11.0'])('Node %s is rejected with a message', (version) => {
  expect(checkNodeVersion(version)).toBe(`Node 24.18 or later is required, but this is ${version}.`);
});
