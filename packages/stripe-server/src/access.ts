import { StripeResponseError } from './errors.ts';
import { findResource, type Resource } from './resources.ts';

/**
 * What a key may do.
 *
 * @example
 * const access: KeyAccess = { missing: ['rak_invoice_read'] };
 */
export interface KeyAccess {
  /** Permissions that the key does not have, as Stripe names them in errors. Default: none. */
  readonly missing?: readonly string[];
}

/** What the key of a request may do. */
export interface Access {
  readonly key: string;
  readonly livemode: boolean;
  readonly missing: ReadonlySet<string>;
}

const ACCOUNT = 'acct_1FirstOfficerTests';
const PERMANENT_KEYS = /^[rs]k_(test|live)_/;

/** Returns the key of an Authorization header: of the scheme Bearer, or the user name of the scheme Basic. */
export function readKey(authorization = ''): string | undefined {
  const [scheme = '', value = ''] = authorization.split(' ');
  if (/^bearer$/i.test(scheme)) return value;
  if (/^basic$/i.test(scheme)) return Buffer.from(value, 'base64').toString().split(':')[0];
  return undefined;
}

/** Returns what a key may do. Throws if the key is not valid. */
export function authenticate(key: string | undefined, keys?: Readonly<Record<string, KeyAccess>>): Access {
  if (key === undefined) throw new StripeResponseError(401, 'You did not provide an API key.');
  const isKnown = keys ? Object.hasOwn(keys, key) : PERMANENT_KEYS.test(key);
  if (!isKnown) throw new StripeResponseError(401, `Invalid API Key provided: ${quoteKey(key)}`);
  return { key, livemode: key.includes('_live_'), missing: new Set(keys?.[key]?.missing) };
}

/** Throws if a key may not read the objects of a resource. */
export function checkPermission({ permission }: Resource, { key, missing }: Access): void {
  if (!missing.has(permission)) return;
  throw new StripeResponseError(
    403,
    `The provided key '${quoteKey(key)}' does not have the required permissions for this endpoint on account '${ACCOUNT}'. ` +
      `Having the '${permission}' permission would allow this request to continue.`,
  );
}

/** Returns a key as Stripe quotes it: the prefix and the last characters. */
function quoteKey(key: string): string {
  return `${key.slice(0, 8)}${'*'.repeat(Math.max(key.length - 12, 0))}${key.slice(-6)}`;
}

/** Throws if a key may not read the objects that `expand` adds. */
export function checkExpandPermissions(
  resource: Resource,
  { paths, access }: { paths: readonly string[]; access: Access },
): void {
  for (const path of paths) {
    const [member = ''] = path.split('.');
    if (!resource.expandable.includes(member)) continue;
    const type = member.endsWith('balance_transaction')
      ? 'balance_transaction'
      : member.replace('payments', 'invoice_payment');
    const expanded = findResource(type);
    if (expanded) checkPermission(expanded, access);
  }
}
