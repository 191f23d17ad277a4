import type { StoredCustomer } from './stored-customer.ts';

function customer(id: number, stripe_id: string, more: Partial<StoredCustomer> = {}): StoredCustomer {
  return {
    object: 'customer',
    id,
    stripe_id,
    extra_id: null,
    total_contract_value: 120_000,
    current_mrr: 10_000,
    current_subscription_count: 1,
    currency: 'usd',
    email: `${id}@customers.example`,
    ...more,
  };
}

const LARGEST = Number.MAX_SAFE_INTEGER;

/**
 * Test customers with what the description's examples lack: shared and conflicting identifiers, identifiers that differ
 * only in case or need percent-encoding, the longest identifier, and the largest amounts. Load them into a test database
 * so that the tests cover every rule. They are not sorted by ID, so that a server must sort them itself.
 *
 * @example
 * import { demandingCustomers, knownCustomers, verifyContract } from '@firstofficer/contract';
 *
 * const target = { url: 'http://127.0.0.1:3000', token: process.env.FIRSTOFFICER_TOKEN ?? '' };
 * const report = await verifyContract({ target, customers: knownCustomers(demandingCustomers) });
 */
export const demandingCustomers: readonly StoredCustomer[] = [
  // Three customers share an extra ID, and two share an email address.
  customer(2_000_030, 'cus_SharedC', { extra_id: 'shared-extra', email: 'shared@customers.example' }),
  customer(2_000_010, 'cus_SharedA', { extra_id: 'shared-extra', email: 'first@customers.example' }),
  customer(2_000_020, 'cus_SharedB', { extra_id: 'shared-extra', email: 'shared@customers.example' }),
  // A Stripe ID takes precedence over the FirstOfficer ID, extra ID and email address of other customers, even with lower IDs.
  customer(2_000_101, 'cus_Shadow1', { extra_id: 'acct-7001' }),
  customer(2_000_102, 'acct-7001'),
  customer(2_000_103, 'cus_Shadow3', { email: 'imported@customers.example' }),
  customer(2_000_104, 'imported@customers.example'),
  customer(2_000_105, 'cus_Shadow5'),
  customer(2_000_106, '2000105'),
  // A FirstOfficer ID takes precedence over an extra ID, and an extra ID over an email address.
  customer(2_000_111, 'cus_Shadow11', { extra_id: '2000112' }),
  customer(2_000_112, 'cus_Shadow12'),
  customer(2_000_113, 'cus_Shadow13', { email: 'both@customers.example' }),
  customer(2_000_114, 'cus_Shadow14', { extra_id: 'both@customers.example' }),
  // One FirstOfficer ID is a prefix of another.
  customer(134, 'cus_Prefix'),
  customer(1, 'cus_First', { extra_id: 'workspace-8' }),
  // These identifiers differ only in case.
  customer(2_000_201, 'cus_CaseABCD', { extra_id: 'Team-Blue', email: 'Robin@Customers.example' }),
  customer(2_000_202, 'cus_casEabcd', { extra_id: 'team-blue', email: 'robin@customers.example' }),
  // These identifiers need percent-encoding.
  customer(2_000_301, 'cus_Slash', { extra_id: 'Büro 1/2 – 東京 🦆' }),
  customer(2_000_302, 'cus_Percent', { extra_id: '100%25 & more?#;' }),
  customer(2_000_303, 'cus_Plus', { extra_id: 'a+b', email: 'pat+one@customers.example' }),
  customer(2_000_304, 'cus_Plain', { extra_id: 'a b', email: 'pat@customers.example' }),
  customer(2_000_305, 'cus_Quote', { email: "o'brien@customers.example" }),
  customer(2_000_306, 'cus_Composed', { extra_id: 'caf\u00e9' }),
  customer(2_000_307, 'cus_Decomposed', { extra_id: 'cafe\u0301' }),
  // The longest allowed identifier, in characters of four bytes.
  customer(2_000_308, 'cus_Long', { extra_id: '🦆'.repeat(1024) }),
  // Customers that were imported into Stripe with custom IDs.
  customer(2_000_401, 'legacy-4711'),
  customer(2_000_402, '00815'),
  // Amounts at their limits.
  customer(LARGEST, 'cus_Largest', {
    total_contract_value: LARGEST,
    current_mrr: LARGEST,
    current_subscription_count: LARGEST,
  }),
  customer(2_000_502, 'cus_Refunded', { total_contract_value: -LARGEST, current_mrr: -4_500 }),
  customer(2_000_503, 'cus_Lost', { current_mrr: 0, current_subscription_count: 0, extra_id: 'lost-extra' }),
  customer(2_000_504, 'cus_Free', { total_contract_value: 0, current_mrr: 0, email: null }),
];
