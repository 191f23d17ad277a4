import { expect, test } from 'vitest';
import { BUDGETS } from '../src/budget.ts';
import { OURS } from '../src/candidates.ts';
import { bundledSize } from '../src/size.ts';

test(`create a client and retrieve one customer: at most ${BUDGETS.size} B, minified and gzipped`, async () => {
  expect(await bundledSize(OURS)).toBeLessThanOrEqual(BUDGETS.size);
});
