/**
 * The members of Stripe's objects that are not stored, wherever they are in an object: personal data and links that open
 * documents. No figure depends on them. `shipping_cost`, an amount, is stored.
 */
export const LEFT_OUT: ReadonlySet<string> = new Set([
  'account_name',
  'account_tax_ids',
  'address',
  'billing_details',
  'client_secret',
  'custom_fields',
  'customer_address',
  'customer_details',
  'customer_email',
  'customer_name',
  'customer_phone',
  'customer_shipping',
  'customer_tax_ids',
  'default_payment_method',
  'default_source',
  'destination_details',
  'email',
  'evidence',
  'evidence_details',
  'footer',
  'fraud_details',
  'hosted_invoice_url',
  'instructions_email',
  'invoice_pdf',
  'last_finalization_error',
  'last_payment_error',
  'last_setup_error',
  'memo',
  'metadata',
  'name',
  'next_action',
  'outcome',
  'payment_method',
  'payment_method_details',
  'payment_method_options',
  'payment_settings',
  'pdf',
  'phone',
  'receipt_email',
  'receipt_number',
  'receipt_url',
  'shipping',
  'shipping_details',
  'source',
  'sources',
  'tax_ids',
]);

/**
 * The only members that are stored of some types. Email and metadata contain the identifiers of a customer. A change of
 * other members of a price, such as its name, would have all customers computed again.
 */
export const KEPT: Readonly<Record<string, readonly string[]>> = {
  customer: ['id', 'object', 'created', 'currency', 'email', 'livemode', 'metadata'],
  price: [
    'id',
    'object',
    'billing_scheme',
    'created',
    'currency',
    'currency_options',
    'livemode',
    'recurring',
    'transform_quantity',
    'type',
    'unit_amount',
    'unit_amount_decimal',
  ],
};
