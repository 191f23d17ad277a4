/**
 * Why a request to Stripe failed.
 *
 * - `unauthorized`: the key is invalid, revoked or expired.
 * - `forbidden`: the key lacks a permission.
 * - `missing`: the object does not exist.
 * - `refused`: Stripe does not accept the request.
 * - `unavailable`: Stripe did not answer, or only with errors, however often the request was repeated.
 */
export type StripeFault = 'unauthorized' | 'forbidden' | 'missing' | 'refused' | 'unavailable';

/**
 * A request to Stripe failed. The message contains no key and no ID of an object. Stripe's own text is left out, because it
 * quotes the key and the parameters.
 */
export class StripeError extends Error {
  override readonly name = 'StripeError';
  readonly fault: StripeFault;
  /** The name of the missing permission as Stripe has it, such as `rak_invoice_read`. */
  readonly permission: string | undefined;
  /** The code of Stripe's error, such as `resource_missing`. */
  readonly code: string | undefined;
  /** The parameter that Stripe does not accept. */
  readonly param: string | undefined;

  constructor(
    fault: StripeFault,
    message: string,
    details: { readonly permission?: string; readonly code?: string; readonly param?: string } = {},
  ) {
    super(message);
    this.fault = fault;
    this.permission = details.permission;
    this.code = details.code;
    this.param = details.param;
  }
}
