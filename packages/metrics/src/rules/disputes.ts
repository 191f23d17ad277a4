import { MissingMemberError } from '../errors.ts';
import type { DisputeFacts } from '../facts.ts';
import { findBalanceTransaction, type View } from '../view.ts';

/** Money that a dispute moves: below 0 when the bank takes it, above 0 when it comes back. */
export interface DisputeMovement {
  readonly at: number;
  readonly amount: number;
}

/**
 * Returns what a dispute has moved, in the currency of the charge, oldest first.
 *
 * Source: our decision, "A dispute moves what its balance transactions move, each at its `created`, gross without fees (so
 * a lost dispute deducts, a won one gives back, an inquiry moves nothing)". A balance transaction in another currency
 * moves the amount of the dispute.
 */
export function listDisputeMovements({ data, at }: View, dispute: DisputeFacts): DisputeMovement[] {
  return dispute.balanceTransactions
    .map((reference, index) => {
      const transaction = findBalanceTransaction(data, reference);
      if (transaction?.amount === undefined) {
        const place = { object: 'dispute', id: dispute.id, member: `balance_transactions[${index}]` };
        throw new MissingMemberError(place, 'refers to a balance transaction that the data does not contain. Add it');
      }
      const { created, amount, currency = dispute.currency } = transaction;
      const moved = currency === dispute.currency ? amount : Math.sign(amount) * dispute.amount;
      return { at: created, amount: moved };
    })
    .filter((movement) => movement.at <= at)
    .sort((a, b) => a.at - b.at || a.amount - b.amount);
}

/**
 * Returns the withdrawals of a dispute that still stand, with an amount above 0. Money that comes back cancels the oldest
 * withdrawals first.
 */
export function listStandingWithdrawals(movements: readonly DisputeMovement[]): DisputeMovement[] {
  let returned = movements.reduce((sum, { amount }) => sum + Math.max(0, amount), 0);
  return movements.flatMap(({ at, amount }) => {
    const cancelled = Math.min(returned, Math.max(0, -amount));
    returned -= cancelled;
    const rest = -amount - cancelled;
    return rest > 0 ? [{ at, amount: rest }] : [];
  });
}
