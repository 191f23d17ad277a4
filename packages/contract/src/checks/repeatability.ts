import { findExamplePairs } from '@firstofficer/openapi';
import type { OperationExchange } from '../request/operation-exchange.ts';
import { preview } from '../schema/preview.ts';
import type { Check } from './check.ts';
import { sameAnswer } from './compare.ts';
import { isCertain } from './context.ts';

const READS = 30;
const AT_ONCE = 20;
// Requests of other test cases may come in between, so the error is sent several times.
const ROUNDS = 5;

export const repeatability: Check = {
  name: 'repeatability',
  severity: 'error',
  rationale: 'The same request gets the same answer each time, also if sent concurrently.',
  testCases(operation, context) {
    if (operation.method !== 'GET' || !isCertain(context, operation)) return [];
    const specRef = [operation.definition, 'responses'] as const;
    const failing = findExamplePairs(operation).filter(({ status }) => /^[45]/.test(status));
    return [
      {
        name: `${READS} reads, one after the other`,
        async run(session) {
          const exchanges: OperationExchange[] = [];
          for (let read = 0; read < READS; read += 1) exchanges.push(await session.send());
          // Data may be updated during the test. If an earlier answer comes back, it was not an update.
          const turns = exchanges.filter((exchange, index) => {
            const before = exchanges[index - 1];
            return before && !sameAnswer(before, exchange);
          });
          const [first, second] = turns;
          if (!first || !second) return;
          session.report(second, {
            expected: `the same answer ${READS} times: ${first.status} ${preview(first.text)}`,
            actual: `another one, ${turns.length} times in turn: ${second.status} ${preview(second.text)}`,
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
              actual: `status ${after.status} ${preview(after.text)}`,
              specRef,
            });
          }
        },
      },
      {
        name: `${AT_ONCE} reads side by side`,
        async run(session) {
          const exchanges = await Promise.all(Array.from({ length: AT_ONCE }, () => session.send()));
          const answers = exchanges.filter(
            (one, index) => exchanges.findIndex((other) => sameAnswer(one, other)) === index,
          );
          const [first, , third] = answers;
          if (!first || !third) return;
          session.report(third, {
            expected: `the same answer ${AT_ONCE} times: ${first.status} ${preview(first.text)}`,
            actual: `${answers.length} answers, among them ${third.status} ${preview(third.text)}`,
            specRef,
          });
        },
      },
    ];
  },
};
