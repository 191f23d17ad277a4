import { findExamplePairs } from '@firstofficer/openapi';
import type { OperationExchange } from '../request/operation-exchange.ts';
import { type Check, shouldSucceed } from './check.ts';
import { isSameResponse, previewResponse } from './compare.ts';

const SEQUENTIAL_READS = 30;
const CONCURRENT_READS = 20;
// Requests of other test cases may come in between, so the error is sent several times.
const ROUNDS = 5;

export const repeatability: Check = {
  name: 'repeatability',
  severity: 'error',
  basis: 'profile',
  needs: 'a GET operation that must succeed',
  rationale: 'The same request gets the same response each time, even if it is sent concurrently.',
  testCases(operation, context) {
    if (operation.method !== 'GET' || !shouldSucceed(context, operation)) return [];
    const specRef = [operation.definition, 'responses'] as const;
    const failing = findExamplePairs(operation).filter(({ status }) => /^[45]/.test(status));
    return [
      {
        name: `${SEQUENTIAL_READS} reads, one after another`,
        async run(session) {
          const exchanges: OperationExchange[] = [];
          for (let read = 0; read < SEQUENTIAL_READS; read += 1) {
            const exchange = await session.send();
            // Streams cannot be compared, and each read takes long.
            if (exchange.isPartial) return;
            exchanges.push(exchange);
          }
          // Data may be updated once during the test, so a single change is allowed.
          const changes = exchanges.filter((exchange, index) => {
            const before = exchanges[index - 1];
            return before && !isSameResponse(before, exchange);
          });
          const [first, second] = changes;
          if (!first || !second) return;
          session.report(second, {
            expected: `the same response ${SEQUENTIAL_READS} times: ${previewResponse(first)}`,
            actual: `${changes.length} changes, such as to ${previewResponse(second)}`,
            specRef,
          });
        },
      },
      {
        name: 'reads, each after an error',
        async run(session) {
          if (failing.length === 0) return;
          const before = await session.send();
          for (const { name, parameters } of Array.from({ length: ROUNDS }, () => failing).flat()) {
            await session.send({ parameters });
            const after = await session.send();
            if (before.status === after.status) continue;
            session.report(after, {
              expected: `status ${before.status}, as before the request with the example ${name}`,
              actual: `status ${previewResponse(after)}`,
              specRef,
            });
          }
        },
      },
      {
        name: `${CONCURRENT_READS} concurrent reads`,
        async run(session) {
          const exchanges = await Promise.all(Array.from({ length: CONCURRENT_READS }, () => session.send()));
          const responses = exchanges.filter(
            (one, index) => exchanges.findIndex((other) => isSameResponse(one, other)) === index,
          );
          const [first, , third] = responses;
          if (!first || !third) return;
          session.report(third, {
            expected: `the same response ${CONCURRENT_READS} times: ${previewResponse(first)}`,
            actual: `${responses.length} responses, among them ${previewResponse(third)}`,
            specRef,
          });
        },
      },
    ];
  },
};
