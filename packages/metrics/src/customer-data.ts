import type {
  BalanceTransactionFacts,
  ChargeFacts,
  CreditNoteFacts,
  DisputeFacts,
  Facts,
  InvoiceFacts,
  InvoicePaymentFacts,
  PriceFacts,
  RefundFacts,
} from './facts.ts';

/**
 * All that the rules need of one customer. `createCustomerData` creates it. Its members may change in any release.
 *
 * @example
 * const data: CustomerData | undefined = createCustomerData(objects.map(readObject)).get('cus_1');
 */
export interface CustomerData {
  readonly id: string;
  /** The currency of the customer object, if it has one. */
  readonly currency: string | undefined;
  readonly invoices: readonly InvoiceFacts[];
  readonly payments: readonly InvoicePaymentFacts[];
  readonly charges: readonly ChargeFacts[];
  readonly refunds: readonly RefundFacts[];
  readonly creditNotes: readonly CreditNoteFacts[];
  readonly disputes: readonly DisputeFacts[];
  /** The prices of all customers, by ID. */
  readonly prices: ReadonlyMap<string, PriceFacts>;
  /** The balance transactions of all customers, by ID. */
  readonly balanceTransactions: ReadonlyMap<string, BalanceTransactionFacts>;
}

/**
 * Groups facts by customer. The order of the facts does not matter. If two facts have the same type and ID, the last one
 * counts.
 *
 * A charge without a customer belongs to the customer of its invoice; refunds and disputes belong to the customer of
 * their charge. What belongs to no customer is left out.
 *
 * @example
 * const customers = createCustomerData(objects.map(readObject));
 * customers.get('cus_1');
 */
export function createCustomerData(facts: Iterable<Facts>): ReadonlyMap<string, CustomerData> {
  const objects = collectObjects(facts);
  const customers = new Map<string, MutableCustomerData>();

  function findCustomer(id: string | undefined): MutableCustomerData | undefined {
    if (id === undefined) return undefined;
    const known = customers.get(id);
    if (known !== undefined) return known;
    const customer: MutableCustomerData = {
      id,
      currency: undefined,
      invoices: [],
      payments: [],
      charges: [],
      refunds: [],
      creditNotes: [],
      disputes: [],
      prices: objects.price,
      balanceTransactions: objects.balance_transaction,
    };
    customers.set(id, customer);
    return customer;
  }

  for (const { id, currency } of objects.customer.values()) Object.assign(findCustomer(id) ?? {}, { currency });
  for (const { customer } of objects.subscription.values()) findCustomer(customer);
  for (const invoice of objects.invoice.values()) findCustomer(invoice.customer)?.invoices.push(invoice);

  // The customer of each charge and PaymentIntent, to find the customer of what refers to them.
  const owners = new Map<string, string>();
  for (const payment of objects.invoice_payment.values()) {
    const owner = findCustomer(objects.invoice.get(payment.invoice)?.customer);
    owner?.payments.push(payment);
    if (owner !== undefined && payment.charge !== undefined) owners.set(payment.charge, owner.id);
    if (owner !== undefined && payment.paymentIntent !== undefined) owners.set(payment.paymentIntent, owner.id);
  }
  for (const charge of objects.charge.values()) {
    const { id, customer, paymentIntent } = charge;
    const owner = findCustomer(customer ?? findOwner(owners, { charge: id, paymentIntent }));
    owner?.charges.push(charge);
    if (owner !== undefined) owners.set(id, owner.id);
    if (owner !== undefined && paymentIntent !== undefined) owners.set(paymentIntent, owner.id);
  }
  for (const refund of objects.refund.values()) {
    findCustomer(findOwner(owners, refund) ?? refund.customer)?.refunds.push(refund);
  }
  for (const dispute of objects.dispute.values()) findCustomer(findOwner(owners, dispute))?.disputes.push(dispute);
  for (const note of objects.credit_note.values()) {
    findCustomer(objects.invoice.get(note.invoice)?.customer ?? note.customer)?.creditNotes.push(note);
  }
  return customers;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer I)[] ? I[] : T[K] };
type MutableCustomerData = Mutable<CustomerData>;

type ObjectsByType = { readonly [F in Facts as F['type']]: Map<string, F> };

function collectObjects(facts: Iterable<Facts>): ObjectsByType {
  const objects: ObjectsByType = {
    account: new Map(),
    balance_transaction: new Map(),
    charge: new Map(),
    credit_note: new Map(),
    customer: new Map(),
    dispute: new Map(),
    invoice: new Map(),
    invoice_payment: new Map(),
    price: new Map(),
    refund: new Map(),
    subscription: new Map(),
  };
  for (const fact of facts) {
    if (fact.id === undefined) continue;
    const map: Map<string, Facts> = objects[fact.type];
    map.set(fact.id, fact);
    if (fact.type !== 'invoice') continue;
    for (const payment of fact.payments) objects.invoice_payment.set(payment.id, payment);
    for (const price of fact.prices) objects.price.set(price.id, price);
  }
  return objects;
}

function findOwner(
  owners: ReadonlyMap<string, string>,
  { charge, paymentIntent }: { charge: string | undefined; paymentIntent: string | undefined },
): string | undefined {
  return owners.get(charge ?? '') ?? owners.get(paymentIntent ?? '');
}
