// Stripe's decimals of each currency, because Intl has others: none for huf, isk and ugx, for example. All other
// currencies have two (https://docs.stripe.com/currencies).
const DECIMALS: Readonly<Record<string, number>> = {
  ...fill('bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf', 0),
  ...fill('bhd iqd jod kwd lyd omr tnd', 3),
};

function fill(currencies: string, decimals: number): Record<string, number> {
  return Object.fromEntries(currencies.split(' ').map((currency) => [currency, decimals]));
}

/**
 * Formats an amount in the smallest unit of a currency, such as `$6,291.00`. Returns undefined if the amount is not an
 * integer or the currency is not a currency code.
 */
export function formatMoney(amount: unknown, currency: unknown): string | undefined {
  if (!Number.isSafeInteger(amount) || typeof currency !== 'string' || !/^[a-z]{3}$/i.test(currency)) return undefined;
  const decimals = DECIMALS[currency.toLowerCase()] ?? 2;
  const format = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  // The amount is formatted as a text: a division may lose the last digit of a large amount.
  const [, sign, digits] = /^(-?)(\d+)$/.exec(String(amount).replace('-0', '0')) ?? [];
  const padded = `${digits}`.padStart(decimals + 1, '0');
  const end = padded.length - decimals;
  const decimal = `${sign}${padded.slice(0, end)}.${padded.slice(end)}0` as `${number}`;
  // Currencies without a symbol are followed by a no-break space, which looks like a space but is not found as one.
  return format.format(decimal).replaceAll('\u00a0', ' ');
}
