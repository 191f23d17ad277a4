import type { StripeClient } from './client.ts';
import { getDashboardName } from './permission-names.ts';
import { PATHS } from './resources.ts';
import { StripeError } from './stripe-error.ts';

/** The permission that each list needs, if Stripe does not name it. */
const PERMISSIONS: Readonly<Record<string, string>> = {
  '/v1/balance_transactions': 'rak_balance_read',
  '/v1/charges': 'rak_charge_read',
  '/v1/credit_notes': 'rak_credit_note_read',
  '/v1/customers': 'rak_customer_read',
  '/v1/disputes': 'rak_dispute_read',
  '/v1/events': 'rak_event_read',
  '/v1/invoiceitems': 'rak_invoice_read',
  '/v1/invoices': 'rak_invoice_read',
  '/v1/prices': 'rak_plan_read',
  '/v1/refunds': 'rak_charge_read',
  '/v1/subscriptions': 'rak_subscription_read',
};

const OTHER_PATHS = ['/v1/invoiceitems', '/v1/events', '/v1/balance_transactions'];

/** A permission that a key lacks. */
export interface MissingPermission {
  /** The name in the Stripe dashboard, such as `Charges and Refunds`. */
  readonly name: string;
  /** What the permission is needed for, such as `/v1/charges`. */
  readonly paths: readonly string[];
}

/**
 * Requests one object of each list that a sync reads, and returns the permissions that the key lacks.
 *
 * @throws StripeError if a request fails for another reason.
 * @example
 * const missing = await findMissingPermissions(client);
 * if (missing.length > 0) throw new Error(formatMissingPermissions(missing));
 */
export async function findMissingPermissions(client: StripeClient, signal?: AbortSignal): Promise<MissingPermission[]> {
  const requests = [...PATHS, ...OTHER_PATHS.map((path) => ({ path, expand: [] }))];
  const refused = await Promise.all(
    requests.map(async ({ path, expand }) => {
      const full = await findRefusedPermission(client, { path, expand }, signal);
      // A permission for an expanded member may be missing as well as the permission for the list.
      const own =
        full && expand.length > 0 ? await findRefusedPermission(client, { path, expand: [] }, signal) : undefined;
      return [full, own].filter((permission) => permission !== undefined).map((permission) => ({ permission, path }));
    }),
  );
  const paths = new Map<string, Set<string>>();
  for (const { permission, path } of refused.flat()) {
    const name = getDashboardName(permission);
    paths.set(name, (paths.get(name) ?? new Set()).add(path));
  }
  return [...paths].map(([name, set]) => ({ name, paths: [...set] })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Formats a message that names all missing permissions. */
export function formatMissingPermissions(missing: readonly MissingPermission[]): string {
  const lines = missing.map(({ name, paths }) => `  ${name} (for ${paths.join(', ')})`);
  return [
    `The Stripe key lacks ${missing.length === 1 ? 'a permission' : `${missing.length} permissions`}.`,
    'In the Stripe dashboard, open Developers > API keys, edit the key, and set to Read:',
    ...lines,
  ].join('\n');
}

/** Returns the name of the permission that a request lacks, or undefined if Stripe answers it. */
async function findRefusedPermission(
  client: StripeClient,
  { path, expand }: { readonly path: string; readonly expand: readonly string[] },
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const members = expand.map((member) => `data.${member}`);
  try {
    await client.get(path, { limit: 1, ...(members.length > 0 && { expand: members }) }, signal);
    return undefined;
  } catch (error) {
    if (!(error instanceof StripeError) || error.fault !== 'forbidden') throw error;
    return error.permission ?? PERMISSIONS[path] ?? path;
  }
}
