import type Stripe from 'stripe';
import type {
  BalanceTransactionFacts,
  BalanceTransactionReference,
  ChargeFacts,
  DisputeFacts,
  RefundFacts,
} from '../facts.ts';
import type { ObjectReader } from './object-reader.ts';

export function readCharge(reader: ObjectReader<Stripe.Charge>, id: string): ChargeFacts {
  const failure = readBalanceTransactionReference(reader, 'failure_balance_transaction');
  const amount = reader.integer('amount');
  return {
    type: 'charge',
    id,
    customer: reader.optionalReference('customer'),
    currency: reader.currency('currency'),
    created: reader.time('created'),
    amount,
    amountCaptured: reader.isFalse('captured') ? 0 : (reader.optionalInteger('amount_captured') ?? amount),
    hasSucceeded: failure !== undefined || hasSucceeded(reader),
    paymentIntent: reader.optionalReference('payment_intent'),
    balanceTransaction: readBalanceTransactionReference(reader, 'balance_transaction'),
    failureBalanceTransaction: failure,
  };
}

function hasSucceeded(reader: ObjectReader<Stripe.Charge>): boolean {
  const status = reader.optionalString('status');
  if (status !== undefined) return status === 'succeeded';
  if (reader.has('paid')) return reader.isTrue('paid');
  // A failed charge captures nothing.
  return reader.has('captured') || reader.has('amount_captured') ? true : reader.fail('status');
}

export function readRefund(reader: ObjectReader<Stripe.Refund>, id: string): RefundFacts {
  const charge = reader.optionalReference('charge');
  const paymentIntent = reader.optionalReference('payment_intent');
  if (!reader.isPresent('charge') && !reader.isPresent('payment_intent')) reader.fail('charge');
  const status = reader.optionalString('status');
  return {
    type: 'refund',
    id,
    customer: reader.optionalReference('customer'),
    currency: reader.optionalCurrency('currency'),
    created: reader.time('created'),
    amount: reader.integer('amount'),
    charge,
    paymentIntent,
    isCanceled: status === 'canceled',
    isFailed: status === 'failed',
    isExpiredAuthorization: reader.optionalString('reason') === 'expired_uncaptured_charge',
    hasBalanceTransaction: reader.has('balance_transaction'),
    failureBalanceTransaction: readBalanceTransactionReference(reader, 'failure_balance_transaction'),
  };
}

export function readDispute(reader: ObjectReader<Stripe.Dispute>, id: string): DisputeFacts {
  const charge = reader.optionalReference('charge');
  const paymentIntent = reader.optionalReference('payment_intent');
  if (charge === undefined && paymentIntent === undefined) reader.fail('charge');
  if (!reader.isPresent('balance_transactions')) reader.fail('balance_transactions');
  return {
    type: 'dispute',
    id,
    charge,
    paymentIntent,
    currency: reader.optionalCurrency('currency'),
    amount: reader.optionalInteger('amount'),
    balanceTransactions: reader.list('balance_transactions').map((transaction) => {
      if (typeof transaction === 'string') return transaction;
      if (!transaction.has('amount')) transaction.fail('amount');
      return readBalanceTransaction(transaction, transaction.optionalString('id'));
    }),
  };
}

export function readBalanceTransaction(
  reader: ObjectReader<Stripe.BalanceTransaction>,
  id: string | undefined,
): BalanceTransactionFacts {
  return {
    type: 'balance_transaction',
    id,
    created: reader.time('created'),
    amount: reader.optionalInteger('amount'),
    currency: reader.optionalCurrency('currency'),
  };
}

type BalanceTransactionMember = 'balance_transaction' | 'failure_balance_transaction';

function readBalanceTransactionReference(
  reader: ObjectReader<{ [K in BalanceTransactionMember]?: string | Stripe.BalanceTransaction | null }>,
  member: BalanceTransactionMember,
): BalanceTransactionReference | undefined {
  const transaction = reader.child(member);
  if (transaction === undefined) return reader.optionalReference(member);
  return readBalanceTransaction(transaction, transaction.optionalString('id'));
}
