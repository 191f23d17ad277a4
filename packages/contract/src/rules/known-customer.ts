import type { Check, TestCase } from '../checks/check.ts';
import { expectStatus } from '../checks/expectations.ts';
import { differences, memberAt } from '../schema/differences.ts';
import { preview } from '../schema/preview.ts';
import { PARAMETER, parameterOf, retrievesCustomer } from './customer.ts';

export const knownCustomer: Check = {
  name: 'known_customer',
  severity: 'error',
  rationale: 'Each known customer can be retrieved and has the expected members.',
  source: 'the parameter customer in spec/openapi.yaml',
  testCases(operation, { customers }) {
    if (!retrievesCustomer(operation)) return [];
    const specRef = [parameterOf(operation)] as const;
    return customers.flatMap(({ identifiers: [first], expected }, index): TestCase[] => {
      if (!first) return [];
      return [
        {
          name: `customer ${index + 1}, by ${first.label}`,
          async run(session) {
            const exchange = await session.send({ parameters: { [PARAMETER]: first.value } });
            if (!expectStatus(session, exchange, ['200'], { specRef })) return;
            for (const path of differences(expected, exchange.json)) {
              session.report(exchange, {
                expected: `${path} as it is known: ${preview(memberAt(expected, path))}`,
                actual: preview(memberAt(exchange.json, path)),
                specRef,
              });
            }
          },
        },
      ];
    });
  },
};
