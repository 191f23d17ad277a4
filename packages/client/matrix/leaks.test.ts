import { test } from 'vitest';
import { expectNoLeaks } from '../test/leaks.ts';

test('200,000 calls with one signal leave no listener and no timer, and the heap does not grow', () =>
  expectNoLeaks(200_000));
