import { expect, test } from 'vitest';
import { BUDGETS } from '../src/budget.ts';
import { OURS } from '../src/candidates.ts';
import { bundledSize } from '../src/size.ts';

test(`a minified and gzipped bundle that retrieves one customer has at most ${BUDGETS.size} B`, async () => {
  expect(await bundledSize(OURS)).toBeLessThanOrEqual(BUDGETS.size);
});
