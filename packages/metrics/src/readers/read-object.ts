import type Stripe from 'stripe';
import { MissingMemberError, UnknownObjectError } from '../errors.ts';
import type { AccountFacts, CustomerFacts, Facts, SubscriptionFacts } from '../facts.ts';
import { readCreditNote } from './credit-note.ts';
import { readInvoice } from './invoice.ts';
import { readInvoicePayment } from './invoice-payment.ts';
import { isRecord, ObjectReader } from './object-reader.ts';
import { readBalanceTransaction, readCharge, readDispute, readRefund } from './payments.ts';
import { readPrice } from './price.ts';

type Read = (value: Readonly<Record<string, unknown>>, id: string) => Facts;

/** Makes the reader of one object type, whose members have the type T in the `stripe` package. */
function createRead<T>(object: string, read: (reader: ObjectReader<T>, id: string) => Facts): Read {
  return (value, id) => read(new ObjectReader<T>(value, { object, id }), id);
}

const READERS: ReadonlyMap<string, Read> = new Map([
  ['account', createRead('account', readAccount)],
  ['balance_transaction', createRead('balance_transaction', readBalanceTransaction)],
  ['charge', createRead('charge', readCharge)],
  ['credit_note', createRead('credit_note', readCreditNote)],
  ['customer', createRead('customer', readCustomer)],
  ['dispute', createRead('dispute', readDispute)],
  ['invoice', createRead('invoice', readInvoice)],
  [
    'invoice_payment',
    createRead<Stripe.InvoicePayment>('invoice_payment', (reader, id) => readInvoicePayment(reader, id)),
  ],
  ['price', createRead('price', readPrice)],
  ['refund', createRead('refund', readRefund)],
  ['subscription', createRead('subscription', readSubscription)],
]);

/**
 * Reads what the figures need of a Stripe object. The object has the shape of API version 2026-10-28.endive: as JSON, or
 * as an object of Stripe's SDK. References may be IDs or expanded objects.
 *
 * Throws a MissingMemberError if the object lacks a member that the figures need, and an UnknownObjectError if the value
 * is no Stripe object of a known type.
 *
 * @example
 * const facts = readObject({ object: 'customer', id: 'cus_1', currency: 'usd' });
 * const data = createCustomerData([facts]).get('cus_1');
 */
export function readObject(value: unknown): Facts {
  if (!isRecord(value) || typeof value.object !== 'string') {
    throw new UnknownObjectError('The value is not a Stripe object: its member "object" is missing.');
  }
  const read = READERS.get(value.object);
  if (read === undefined) {
    const known = [...READERS.keys()].join(', ');
    throw new UnknownObjectError(
      `Objects of type "${value.object.slice(0, 50)}" are not used. Pass only these: ${known}.`,
    );
  }
  if (typeof value.id !== 'string' || value.id === '') {
    throw new MissingMemberError({ object: value.object, id: undefined, member: 'id' });
  }
  return read(value, value.id);
}

function readAccount(reader: ObjectReader<Stripe.Account>, id: string): AccountFacts {
  return { type: 'account', id, defaultCurrency: reader.optionalCurrency('default_currency') };
}

function readCustomer(reader: ObjectReader<Stripe.Customer>, id: string): CustomerFacts {
  return { type: 'customer', id, currency: reader.optionalCurrency('currency') };
}

function readSubscription(reader: ObjectReader<Stripe.Subscription>, id: string): SubscriptionFacts {
  return { type: 'subscription', id, customer: reader.optionalReference('customer') };
}
