import { createClient } from '@firstofficer/client';

const firstofficer = createClient({ token: process.env.FIRSTOFFICER_TOKEN ?? '' });
const customer = await firstofficer.customers.retrieve('cus_5678EFGH');

if (customer.current_subscription_count === 0) {
  console.log(`Lost customer with a lifetime value of ${customer.total_contract_value} (${customer.currency}).`);
  //=> Lost customer with a lifetime value of 178800 (usd).
} else {
  console.log(`Customer with ${customer.current_subscription_count} subscriptions.`);
}
