import { createClient } from '@firstofficer/client';

const firstofficer = createClient({ token: process.env.FIRSTOFFICER_TOKEN ?? '' });
const customer = await firstofficer.customers.retrieve('cus_1234ABCD');

// Amounts are in the smallest unit of the currency. A US dollar has 100 cents, and a yen has no smaller unit.
const money = new Intl.NumberFormat('en', { style: 'currency', currency: customer.currency });
const { maximumFractionDigits: decimals = 0 } = money.resolvedOptions();
console.log(`MRR ${money.format(customer.current_mrr / 10 ** decimals)}`);
//=> MRR $699.00
