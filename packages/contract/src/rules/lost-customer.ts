import type { Check } from '../checks/check.ts';
import { findDocumentedBody } from '../request/operation-exchange.ts';
import { parseCustomer, retrievesCustomer } from './customer.ts';

// JSON Schema could express this with if and then, but the linter of the description then rejects valid examples.
export const lostCustomerMrr: Check = {
  name: 'lost_customer_mrr',
  severity: 'error',
  basis: 'description',
  rationale: 'A lost customer has no subscriptions and therefore no MRR: only subscriptions contribute to MRR.',
  source: 'the schema Customer in spec/openapi.yaml',
  checkResponse(exchange) {
    const customer = retrievesCustomer(exchange.operation) ? parseCustomer(exchange) : undefined;
    const count = customer?.current_subscription_count;
    const mrr = customer?.current_mrr;
    // Values of another type violate the schema, which another check reports.
    if (count !== 0 || typeof mrr !== 'number' || mrr === 0) return [];
    return [
      {
        expected: 'body/current_mrr is 0 where body/current_subscription_count is 0',
        actual: `it is ${mrr}`,
        specRef: [findDocumentedBody(exchange)?.schema ?? exchange.operation.definition],
      },
    ];
  },
};
