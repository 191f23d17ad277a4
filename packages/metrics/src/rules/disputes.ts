import { MissingMemberError } from '../errors.ts';
import type { DisputeFacts } from '../facts.ts';
import { findBalanceTransaction, findCharge, type View } from '../view.ts';

/** Money that a dispute moves: below 0 when the bank takes it, above 0 when it comes back. */
export interface DisputeMovement {
  readonly at: number;
  readonly currency: string;
  readonly amount: number;
}

/**
 * Returns what a dispute has moved, in the currency of the charge, oldest first.
 *
 * Source: our decision, "A dispute moves what its balance transactions move, each at its `created`, gross without fees (so
 * a lost dispute deducts, a won one gives back, an inquiry moves nothing)". A balance transaction in another currency
 * moves the amount of the dispute.
 */
export function listDisputeMovements(view: View, dispute: DisputeFacts): DisputeMovement[] {
  function fail(member: string, problem?: string): never {
    throw new MissingMemberError({ object: 'dispute', id: dispute.id, member }, problem);
  }

  return dispute.balanceTransactions
    .map((reference, index) => {
      const transaction = findBalanceTransaction(view.data, reference);
      if (transaction?.amount === undefined) {
        const problem = 'refers to a balance transaction that the data does not contain. Add it';
        return fail(`balance_transactions[${index}]`, problem);
      }
      const currency = dispute.currency ?? findCharge(view, dispute)?.currency ?? fail('currency');
      const { created, amount } = transaction;
      const isSame = (transaction.currency ?? currency) === currency;
      const moved = isSame ? amount : Math.sign(amount) * (dispute.amount ?? fail('amount'));
      return { at: created, currency, amount: moved };
    })
    .filter(({ at }) => at <= view.at)
    .sort((a, b) => a.at - b.at || a.amount - b.amount);
}

/**
 * Returns the withdrawals of a dispute that still stand, with an amount above 0. Money that comes back cancels the oldest
 * withdrawals first.
 */
export function listStandingWithdrawals(movements: readonly DisputeMovement[]): DisputeMovement[] {
  let returned = movements.reduce((sum, { amount }) => sum + Math.max(0, amount), 0);
  return movements.flatMap(({ at, currency, amount }) => {
    const cancelled = Math.min(returned, Math.max(0, -amount));
    returned -= cancelled;
    const rest = -amount - cancelled;
    return rest > 0 ? [{ at, currency, amount: rest }] : [];
  });
}
