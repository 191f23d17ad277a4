import type { Check } from '../checks/check.ts';
import { exactMatch } from './exact-match.ts';
import { knownCustomer } from './known-customer.ts';
import { lostCustomerMrr } from './lost-customer.ts';
import { sameCustomer } from './same-customer.ts';

/** The rules of this API that its schemas cannot express. */
export const RULES: readonly Check[] = [knownCustomer, sameCustomer, exactMatch, lostCustomerMrr];
