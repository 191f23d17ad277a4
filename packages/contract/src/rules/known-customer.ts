import type { Check, Probe } from '../engine/check.ts';
import { differences, memberAt } from '../engine/differences.ts';
import { expectStatus } from '../engine/expectations.ts';
import { show } from '../engine/show.ts';
import { PARAMETER, parameterOf, retrievesCustomer } from './customer.ts';

export const knownCustomer: Check = {
  name: 'known_customer',
  severity: 'error',
  rationale: 'Each customer that the target is said to have is retrieved, and is the one that was meant.',
  source: 'the parameter customer in spec/openapi.yaml',
  probes(operation, { customers }) {
    if (!retrievesCustomer(operation)) return [];
    const promise = [parameterOf(operation)] as const;
    return customers.flatMap(({ identifiers: [first], expected }, index): Probe[] => {
      if (!first) return [];
      return [
        {
          name: `customer ${index + 1}, by ${first.label}`,
          async run(session) {
            const exchange = await session.send({ parameters: { [PARAMETER]: first.value } });
            if (!expectStatus(session, exchange, ['200'], { promise })) return;
            for (const path of differences(expected, exchange.json)) {
              session.report(exchange, {
                expected: `${path} as it is known: ${show(memberAt(expected, path))}`,
                actual: show(memberAt(exchange.json, path)),
                promise,
              });
            }
          },
        },
      ];
    });
  },
};
