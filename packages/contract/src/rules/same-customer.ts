import type { Check, Session, TestCase } from '../checks/check.ts';
import { compare } from '../checks/compare.ts';
import { expectStatus } from '../checks/expectations.ts';
import type { KnownCustomer } from '../customers/known-customers.ts';
import type { RequestParts } from '../request/operation-request.ts';
import { equivalentSegments } from '../request/path-segments.ts';
import { preview } from '../schema/preview.ts';
import { customerOf, PARAMETER, parameterOf, retrievesCustomer } from './customer.ts';
import { mayAnswerInstead } from './precedence.ts';

const ROUNDS_SIDE_BY_SIDE = 3;

export const sameCustomer: Check = {
  name: 'same_customer',
  severity: 'error',
  rationale: 'All identifiers of a customer, in every valid encoding, retrieve the same customer with the same data.',
  source: 'the links of retrieveCustomer and the parameter customer in spec/openapi.yaml',
  testCases(operation, { customers }) {
    if (!retrievesCustomer(operation)) return [];
    const specRef = [parameterOf(operation)] as const;

    const byOthers = customers.flatMap(({ identifiers: [first, ...others] }, index): TestCase[] => {
      if (!first) return [];
      const testCase = (name: string, value: string, other: RequestParts): TestCase => ({
        name: `customer ${index + 1}, by ${name}`,
        run: (session) => expectSame(session, first.value, value, other, specRef),
      });
      return [first, ...others].flatMap(({ label, value }) => [
        ...(value === first.value ? [] : [testCase(label, value, { parameters: { [PARAMETER]: value } })]),
        ...equivalentSegments(value).map(({ name, segment }) =>
          testCase(`${label}, ${name}`, value, { segments: { [PARAMETER]: segment } }),
        ),
      ]);
    });
    return [...byOthers, ...sideBySide(customers, specRef)];
  },
};

async function expectSame(
  session: Session,
  known: string,
  identifier: string,
  other: RequestParts,
  specRef: readonly [object],
): Promise<void> {
  const { answer, reference, isSame } = await compare(session, { parameters: { [PARAMETER]: known } }, other);
  const [ours, theirs] = [customerOf(reference), customerOf(answer)];
  // known_customer reports if the first identifier does not retrieve the customer.
  if (isSame || !ours || !expectStatus(session, answer, ['200'], { specRef })) return;
  if (theirs && mayAnswerInstead(theirs, ours, identifier)) return;
  session.report(answer, {
    expected: `the customer that its first identifier retrieves: ${preview(reference.text)}`,
    actual: preview(answer.text),
    specRef,
  });
}

/** Returns a test case with concurrent requests: a server that shares state between requests mixes up customers. */
function sideBySide(customers: readonly KnownCustomer[], specRef: readonly [object]): TestCase[] {
  const identifiers = customers.flatMap(({ identifiers: [first] }) => (first ? [first.value] : []));
  if (identifiers.length < 2) return [];
  return [
    {
      name: `${identifiers.length} customers, side by side`,
      async run(session) {
        const retrieve = (value: string) => session.send({ parameters: { [PARAMETER]: value } });
        const alone = [];
        for (const identifier of identifiers) alone.push(await retrieve(identifier));
        for (let round = 0; round < ROUNDS_SIDE_BY_SIDE; round += 1) {
          const together = await Promise.all(identifiers.map(retrieve));
          for (const [index, exchange] of together.entries()) {
            const [mine, got] = [customerOf(alone[index] ?? exchange)?.id, customerOf(exchange)?.id];
            if (mine === got) continue;
            session.report(exchange, {
              expected: `the customer ${mine}, as alone`,
              actual: `the customer ${got}`,
              specRef,
            });
          }
        }
      },
    },
  ];
}
