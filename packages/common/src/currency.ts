// Stripe's decimals of each currency, because Intl has others: none for huf, isk and ugx, for example. All other
// currencies have two (https://docs.stripe.com/currencies).
const DECIMALS: ReadonlyMap<string, number> = new Map([
  ...fill('bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf', 0),
  ...fill('bhd iqd jod kwd lyd omr tnd', 3),
]);

function fill(currencies: string, decimals: number): [string, number][] {
  return currencies.split(' ').map((currency) => [currency, decimals]);
}

/**
 * Returns how many decimals Stripe uses for a currency: the amount 100 is 1.00 in `isk`, 100 in `jpy` and 0.100 in `kwd`.
 *
 * @example
 * getDecimals('usd'); // 2
 */
export function getDecimals(currency: string): number {
  return DECIMALS.get(currency.toLowerCase()) ?? 2;
}

/**
 * Formats an amount in the smallest unit of a currency as a decimal number without a symbol.
 *
 * @param amount - An integer.
 * @param further - How many decimals the amount has beyond those of the currency.
 * @example
 * formatDecimal(360000, 'usd'); // '3600.00'
 * formatDecimal(833333, 'usd', 2); // '83.3333'
 */
export function formatDecimal(amount: number | bigint, currency: string, further = 0): string {
  const decimals = getDecimals(currency) + further;
  // The amount is formatted as a text: a division may lose the last digit of a large amount.
  const [, sign = '', digits = ''] = /^(-?)(\d+)$/.exec(BigInt(amount).toString()) ?? [];
  const padded = digits.padStart(decimals + 1, '0');
  const end = padded.length - decimals;
  return decimals === 0 ? `${sign}${padded}` : `${sign}${padded.slice(0, end)}.${padded.slice(end)}`;
}

/**
 * Formats an amount in the smallest unit of a currency with the symbol of the currency. Returns undefined if the amount
 * is not an integer or the currency is not a currency code.
 *
 * @example
 * formatMoney(629100, 'usd'); // '$6,291.00'
 */
export function formatMoney(amount: unknown, currency: unknown): string | undefined {
  if (typeof amount !== 'number' || !Number.isSafeInteger(amount)) return undefined;
  if (typeof currency !== 'string' || !/^[a-z]{3}$/i.test(currency)) return undefined;
  const decimals = getDecimals(currency);
  const format = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  // Currencies without a symbol are followed by a no-break space, which looks like a space but is not found as one.
  return format.format(formatDecimal(amount, currency) as `${number}`).replaceAll('\u00a0', ' ');
}
