import type { Check, TestCase } from '../checks/check.ts';
import { expectStatus } from '../checks/statuses.ts';
import { findDifferences, getMember, preview } from '../schema/json.ts';
import { findCustomerParameter, PARAMETER, retrievesCustomer } from './customer.ts';

export const knownCustomer: Check = {
  name: 'known_customer',
  severity: 'error',
  basis: 'description',
  needs: 'the operation retrieveCustomer',
  rationale: 'Each known customer can be retrieved and has the expected members.',
  source: 'the parameter customer in spec/openapi.yaml',
  testCases(operation, { customers }) {
    if (!retrievesCustomer(operation)) return [];
    const specRef = [findCustomerParameter(operation)] as const;
    return customers.flatMap(({ identifiers: [first], expected }, index): TestCase[] => {
      if (!first) return [];
      return [
        {
          name: `customer ${index + 1}, by ${first.label}`,
          async run(session) {
            const exchange = await session.send({ parameters: { [PARAMETER]: first.value } });
            if (!expectStatus(session, exchange, { statuses: ['200'], specRef })) return;
            for (const path of findDifferences(expected, exchange.json)) {
              session.report(exchange, {
                expected: `the known ${path}: ${preview(getMember(expected, path))}`,
                actual: preview(getMember(exchange.json, path)),
                specRef,
              });
            }
          },
        },
      ];
    });
  },
};
