import type { Decimal } from './rational.ts';

/** What the rules need of an account. */
export interface AccountFacts {
  readonly type: 'account';
  readonly id: string;
  readonly defaultCurrency: string | undefined;
}

/** What the rules need of a customer. */
export interface CustomerFacts {
  readonly type: 'customer';
  readonly id: string;
  readonly currency: string | undefined;
}

/** What the rules need of a price. */
export interface PriceFacts {
  readonly type: 'price';
  readonly id: string;
  /** Undefined for a price that is not recurring. */
  readonly interval: Interval | undefined;
  readonly intervalCount: number;
  readonly isMetered: boolean;
  /** The price of one unit; undefined for tiered and custom prices. */
  readonly unitAmount: Decimal | undefined;
  /** The price of one unit by currency, as far as it is known. */
  readonly unitAmounts: Readonly<Record<string, Decimal>>;
  readonly packages: { readonly size: number; readonly isRoundedUp: boolean } | undefined;
}

/** The unit of a billing period. */
export type Interval = 'day' | 'week' | 'month' | 'year';

/** What the rules need of a subscription: only its customer. What was paid follows from invoices. */
export interface SubscriptionFacts {
  readonly type: 'subscription';
  readonly id: string;
  readonly customer: string | undefined;
}

/** What the rules need of an invoice. */
export interface InvoiceFacts {
  readonly type: 'invoice';
  readonly id: string;
  readonly customer: string | undefined;
  readonly currency: string;
  readonly paidAt: number | undefined;
  /** The seconds between creation and due date if the invoice was sent, otherwise 0. */
  readonly terms: number;
  readonly paidOffStripe: number;
  readonly shipping: number;
  readonly lines: readonly LineFacts[];
  /** The payments that the invoice contains. */
  readonly payments: readonly InvoicePaymentFacts[];
  /** The prices that the lines contain. */
  readonly prices: readonly PriceFacts[];
}

/** What the rules need of a line of an invoice. */
export interface LineFacts {
  readonly id: string;
  readonly amount: number;
  readonly discounts: number;
  /** The exclusive taxes. */
  readonly taxes: number;
  readonly quantity: Decimal;
  /** Defined if the line belongs to a subscription. */
  readonly subscription: string | undefined;
  readonly item: string | undefined;
  readonly isProration: boolean;
  /** The IDs of the lines that this line gives back. */
  readonly credits: readonly string[];
  readonly price: string;
  readonly start: number;
  readonly end: number;
  readonly unitAmount: Decimal | undefined;
}

/** What the rules need of an InvoicePayment. */
export interface InvoicePaymentFacts {
  readonly type: 'invoice_payment';
  readonly id: string;
  readonly invoice: string;
  readonly created: number | undefined;
  readonly paidAt: number | undefined;
  readonly amountPaid: number;
  readonly charge: string | undefined;
  readonly paymentIntent: string | undefined;
  /** Whether the payment was recorded in Stripe, but made elsewhere. */
  readonly isPaymentRecord: boolean;
}

/** What the rules need of a balance transaction. */
export interface BalanceTransactionFacts {
  readonly type: 'balance_transaction';
  readonly id: string | undefined;
  readonly created: number;
  readonly amount: number | undefined;
  readonly currency: string | undefined;
}

/** A balance transaction that an object contains, or the ID of one. */
export type BalanceTransactionReference = string | BalanceTransactionFacts;

/** What the rules need of a charge. */
export interface ChargeFacts {
  readonly type: 'charge';
  readonly id: string;
  readonly customer: string | undefined;
  readonly currency: string;
  readonly created: number;
  readonly amount: number;
  readonly amountCaptured: number;
  readonly hasSucceeded: boolean;
  readonly paymentIntent: string | undefined;
  readonly balanceTransaction: BalanceTransactionReference | undefined;
  readonly failureBalanceTransaction: BalanceTransactionReference | undefined;
}

/** What the rules need of a refund. */
export interface RefundFacts {
  readonly type: 'refund';
  readonly id: string;
  readonly customer: string | undefined;
  readonly currency: string | undefined;
  readonly created: number;
  readonly amount: number;
  readonly charge: string | undefined;
  readonly paymentIntent: string | undefined;
  readonly isCanceled: boolean;
  readonly isFailed: boolean;
  readonly isExpiredAuthorization: boolean;
  readonly hasBalanceTransaction: boolean;
  readonly failureBalanceTransaction: BalanceTransactionReference | undefined;
}

/** What the rules need of a credit note. */
export interface CreditNoteFacts {
  readonly type: 'credit_note';
  readonly id: string;
  readonly customer: string | undefined;
  readonly invoice: string;
  readonly currency: string | undefined;
  readonly created: number;
  readonly voidedAt: number | undefined;
  readonly outOfBand: number;
  /** What the note takes off the lines; a line without `invoiceLine` is spread over all lines. */
  readonly lines: readonly { readonly invoiceLine: string | undefined; readonly net: number }[];
  readonly refunds: readonly { readonly refund: string; readonly amount: number }[];
}

/** What the rules need of a dispute. */
export interface DisputeFacts {
  readonly type: 'dispute';
  readonly id: string;
  readonly charge: string | undefined;
  readonly paymentIntent: string | undefined;
  readonly currency: string | undefined;
  readonly amount: number | undefined;
  readonly balanceTransactions: readonly BalanceTransactionReference[];
}

/**
 * What the rules need of a Stripe object. `readObject` creates it. Its members may change in any release.
 *
 * @example
 * const facts: Facts[] = objects.map(readObject);
 */
export type Facts =
  | AccountFacts
  | CustomerFacts
  | PriceFacts
  | SubscriptionFacts
  | InvoiceFacts
  | InvoicePaymentFacts
  | BalanceTransactionFacts
  | ChargeFacts
  | RefundFacts
  | CreditNoteFacts
  | DisputeFacts;
