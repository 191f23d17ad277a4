import { test } from 'vitest';
import { expectNoLeaks } from '../test/leaks.ts';

test('200,000 calls with one signal leave no listener, no timer and no growth', () => expectNoLeaks(200_000));
