import { readFile } from 'node:fs/promises';
import type { StripeObject } from '@firstofficer/stripe-server';

const EXAMPLE_ACCOUNT = new URL('../fixtures/example-account.ndjson', import.meta.url);
/** The month of the last payments in the example account. */
const LAST_MONTH = { year: 2026, month: 10 };

/**
 * Returns the Stripe objects of the example customers. All times are moved by the same months and to the same day, so that
 * the last payments were made yesterday, or up to three days before at the end of a month.
 */
export async function readExampleAccount(): Promise<StripeObject[]> {
  const yesterday = new Date(Date.now() - 24 * 60 * 60 * 1000);
  const moveTime = (_: string, value: unknown): unknown => {
    if (typeof value !== 'number' || value < 1_500_000_000) return value;
    const date = new Date(value * 1000);
    const months = (date.getUTCFullYear() - LAST_MONTH.year) * 12 + date.getUTCMonth() - LAST_MONTH.month;
    // Each month has this day.
    const day = Math.min(28, yesterday.getUTCDate());
    return date.setUTCFullYear(yesterday.getUTCFullYear(), yesterday.getUTCMonth() + months, day) / 1000;
  };
  const lines = (await readFile(EXAMPLE_ACCOUNT, 'utf8')).trim().split('\n');
  const objects: StripeObject[] = lines.map((line) => JSON.parse(line, moveTime));
  return objects.filter(({ object }) => object !== 'account');
}
