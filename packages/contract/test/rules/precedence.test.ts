import { expect, test } from 'vitest';
import { mayAnswerInstead } from '../../src/rules/precedence.ts';

const customer = (id: number, stripe_id: string, extra_id: string | null = null) => ({ id, stripe_id, extra_id });

test.each([
  ['a Stripe ID wins over a FirstOfficer ID', customer(2, '1'), customer(1, 'cus_1'), '1', true],
  ['a FirstOfficer ID wins over an extra ID', customer(7, 'cus_7'), customer(1, 'cus_1', '7'), '7', true],
  ['an extra ID wins over an email address', customer(2, 'cus_2', 'a@b.c'), customer(1, 'cus_1'), 'a@b.c', true],
  ['of a shared extra ID, the lowest ID wins', customer(1, 'cus_1', 'x'), customer(2, 'cus_2', 'x'), 'x', true],
  ['a higher ID does not', customer(3, 'cus_3', 'x'), customer(2, 'cus_2', 'x'), 'x', false],
  ['a customer without the identifier does not', customer(1, 'cus_1'), customer(2, 'cus_2', 'x'), 'x', false],
  ['nor one of an equally invisible claim', customer(1, 'cus_1'), customer(2, 'cus_2'), 'a@b.c', false],
])('%s', (_, other, expected, identifier, may) => {
  expect(mayAnswerInstead(other, expected, identifier)).toBe(may);
});
