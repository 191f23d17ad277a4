/**
 * The permissions of a restricted key by their names in Stripe's errors, with their names in the dashboard. The sync needs
 * all of them, except that for sources.
 */
const DASHBOARD_NAMES: Readonly<Record<string, string>> = {
  rak_balance_read: 'Balance',
  rak_balance_transaction_source_read: 'Balance Transaction Sources',
  rak_charge_read: 'Charges and Refunds',
  rak_credit_note_read: 'Credit notes',
  rak_customer_read: 'Customers',
  rak_dispute_read: 'Disputes',
  rak_event_read: 'Events',
  rak_invoice_read: 'Invoices',
  rak_plan_read: 'Prices',
  rak_subscription_read: 'Subscriptions',
};

/**
 * Returns the name of a permission in the Stripe dashboard.
 *
 * @param permission - The name in Stripe's errors. An unknown name is returned unchanged.
 * @example
 * getDashboardName('rak_plan_read'); // 'Prices'
 */
export function getDashboardName(permission: string): string {
  return DASHBOARD_NAMES[permission] ?? permission;
}
