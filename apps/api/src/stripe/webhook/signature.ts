import { createHmac, timingSafeEqual } from 'node:crypto';

/** A `Stripe-Signature` header. */
export interface SignatureHeader {
  /** When Stripe sent the event, in seconds since 1970, as it is in the header. */
  readonly time: string;
  /** The signatures of the scheme v1: one for each active secret of the endpoint. */
  readonly signatures: readonly Buffer[];
}

// How far the clocks of Stripe and of this server may differ. It limits for how long a recorded event can be sent again.
const TOLERANCE_SECONDS = 300;

/**
 * Parses a `Stripe-Signature` header, such as `t=1792540800,v1=5257a869…`. Elements of other schemes are ignored.
 *
 * @param now - The time of this server, in milliseconds.
 * @returns undefined if the header is invalid, or if its time is more than 300 seconds before or after `now`.
 */
export function parseSignatureHeader(header: string, now: number): SignatureHeader | undefined {
  const elements = header.split(',').map((element) => element.trim().split('='));
  const getValues = (name: string) => elements.flatMap(([key, value = '']) => (key === name ? [value] : []));
  const [time = '', ...otherTimes] = getValues('t');
  if (otherTimes.length > 0 || !/^\d{1,12}$/.test(time)) return undefined;
  if (Math.abs(now / 1_000 - Number(time)) > TOLERANCE_SECONDS) return undefined;
  const signatures = getValues('v1')
    .filter((value) => /^[\da-f]{64}$/.test(value))
    .map((value) => Buffer.from(value, 'hex'));
  return signatures.length > 0 ? { time, signatures } : undefined;
}

/**
 * Returns whether one of the signatures is that of the body with one of the secrets. The time that this takes does not
 * depend on the signatures.
 *
 * @param body - The bytes of the request body, unchanged.
 */
export function isSigned({ time, signatures }: SignatureHeader, body: Buffer, secrets: readonly string[]): boolean {
  let isValid = false;
  for (const secret of secrets) {
    const expected = createHmac('sha256', secret).update(`${time}.`).update(body).digest();
    for (const signature of signatures) {
      // Does not stop at the first match.
      isValid = timingSafeEqual(signature, expected) || isValid;
    }
  }
  return isValid;
}
