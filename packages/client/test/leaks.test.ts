import { test } from 'vitest';
import { expectNoLeaks } from './leaks.ts';

test('30,000 calls with one signal leave no listener and no timer, and the heap does not grow', () =>
  expectNoLeaks(30_000));
