import type { Check } from '../checks/check.ts';
import { documentedBody } from '../request/operation-exchange.ts';
import { customerOf, retrievesCustomer } from './customer.ts';

// JSON Schema could say it with if and then, but the linter of the description then takes valid examples for wrong ones.
export const lostCustomerMrr: Check = {
  name: 'lost_customer_mrr',
  severity: 'error',
  rationale: 'A lost customer, one without subscriptions, has no MRR: the count is of those that contribute to it.',
  source: 'the schema Customer in spec/openapi.yaml',
  checkResponse(exchange) {
    const customer = retrievesCustomer(exchange.operation) ? customerOf(exchange) : undefined;
    const count = customer?.current_subscription_count;
    const mrr = customer?.current_mrr;
    // What is no number breaks the schema instead.
    if (count !== 0 || typeof mrr !== 'number' || mrr === 0) return [];
    return [
      {
        expected: 'body/current_mrr is 0 where body/current_subscription_count is 0',
        actual: `it is ${mrr}`,
        specRef: [documentedBody(exchange)?.schema ?? exchange.operation.definition],
      },
    ];
  },
};
