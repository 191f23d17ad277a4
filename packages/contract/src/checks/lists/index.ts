import type { Check } from '../check.ts';
import { listEmpty } from './list-empty.ts';
import { listFilter } from './list-filter.ts';
import { listLimit } from './list-limit.ts';
import { listPagination } from './list-pagination.ts';
import { listSort } from './list-sort.ts';
import { listTotal } from './list-total.ts';

/** The checks of operations that return lists. */
export const LIST_CHECKS: readonly Check[] = [listLimit, listPagination, listFilter, listSort, listTotal, listEmpty];
