import { createClient } from '@firstofficer/client';

const firstofficer = createClient({ token: process.env.FIRSTOFFICER_TOKEN ?? '' });
const { stripe_id, current_mrr, currency } = await firstofficer.customers.retrieve('cus_1234ABCD');
console.log(`${stripe_id}: MRR ${current_mrr} in the smallest unit of ${currency}`);
//=> cus_1234ABCD: MRR 69900 in the smallest unit of usd
