import type { Check } from '../engine/check.ts';
import { documentedBody } from '../engine/media-type.ts';
import { customerOf, retrievesCustomer } from './customer.ts';

// JSON Schema could say it with if and then, but the linter of the description then takes valid examples for wrong ones.
export const lostCustomerMrr: Check = {
  name: 'lost_customer_mrr',
  severity: 'error',
  rationale: 'A lost customer, one without subscriptions, has no MRR: the count is of those that contribute to it.',
  source: 'the schema Customer in spec/openapi.yaml',
  judge(exchange) {
    const customer = retrievesCustomer(exchange.operation) ? customerOf(exchange) : undefined;
    if (customer?.current_subscription_count !== 0 || customer.current_mrr === 0) return [];
    return [
      {
        expected: 'body/current_mrr is 0 where body/current_subscription_count is 0',
        actual: `it is ${JSON.stringify(customer.current_mrr)}`,
        promise: [documentedBody(exchange)?.schema ?? exchange.operation.definition],
      },
    ];
  },
};
