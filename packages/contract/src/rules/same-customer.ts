import type { Check, Session, TestCase, Violation } from '../checks/check.ts';
import { compare } from '../checks/compare.ts';
import { expectStatus } from '../checks/statuses.ts';
import type { KnownCustomer } from '../customers/known-customers.ts';
import { find } from '../customers/stored-customer.ts';
import type { RequestParts } from '../request/operation-request.ts';
import { createEquivalentSegments } from '../request/path-segments.ts';
import { preview } from '../schema/json.ts';
import { findCustomerParameter, PARAMETER, parseCustomer, retrievesCustomer } from './customer.ts';

const CONCURRENT_ROUNDS = 3;

export const sameCustomer: Check = {
  name: 'same_customer',
  severity: 'error',
  basis: 'description',
  needs: 'the operation retrieveCustomer',
  rationale: 'All identifiers of a customer, in every valid encoding, retrieve the same customer with the same data.',
  source: 'the links of retrieveCustomer and the parameter customer in spec/openapi.yaml',
  testCases(operation, { customers }) {
    if (!retrievesCustomer(operation)) return [];
    const specRef = [findCustomerParameter(operation)] as const;
    const byIdentifier = customers.flatMap(({ identifiers }, index): TestCase[] => {
      const [first] = identifiers;
      if (!first) return [];
      const testCase = (name: string, identifier: string, request: RequestParts): TestCase => ({
        name: `customer ${index + 1}, by ${name}`,
        run: (session) => expectSameCustomer(session, { known: first.value, identifier, request, specRef }),
      });
      return identifiers.flatMap(({ label, value }) => [
        ...(value === first.value ? [] : [testCase(label, value, { parameters: { [PARAMETER]: value } })]),
        ...createEquivalentSegments(value).map(({ name, segment }) =>
          testCase(`${label}, ${name}`, value, { segments: { [PARAMETER]: segment } }),
        ),
      ]);
    });
    return [...byIdentifier, ...createConcurrentCases(customers, specRef)];
  },
};

interface SameCustomer extends Pick<Violation, 'specRef'> {
  /** The first identifier of the customer. */
  readonly known: string;
  /** Another identifier of the customer, and the request that has it. */
  readonly identifier: string;
  readonly request: RequestParts;
}

async function expectSameCustomer(
  session: Session,
  { known, identifier, request, specRef }: SameCustomer,
): Promise<void> {
  const { response, reference, isSame } = await compare(session, { parameters: { [PARAMETER]: known } }, request);
  const customer = parseCustomer(reference);
  // known_customer reports if the first identifier does not retrieve the customer.
  if (isSame || !customer || !expectStatus(session, response, { statuses: ['200'], specRef })) return;
  const other = parseCustomer(response);
  // Another customer may take precedence for the identifier.
  if (other && find(identifier, [customer, other]) === other) return;
  session.report(response, {
    expected: `the customer that its first identifier retrieves: ${preview(reference.text)}`,
    actual: preview(response.text),
    specRef,
  });
}

/** Returns a test case with concurrent requests: a server that shares state between requests mixes up customers. */
function createConcurrentCases(customers: readonly KnownCustomer[], specRef: Violation['specRef']): TestCase[] {
  const identifiers = customers.flatMap(({ identifiers: [first] }) => (first ? [first.value] : []));
  if (identifiers.length < 2) return [];
  return [
    {
      name: `${identifiers.length} customers concurrently`,
      async run(session) {
        const retrieve = (value: string) => session.send({ parameters: { [PARAMETER]: value } });
        const expected = [];
        for (const identifier of identifiers) expected.push(parseCustomer(await retrieve(identifier))?.id);
        for (let round = 0; round < CONCURRENT_ROUNDS; round += 1) {
          const exchanges = await Promise.all(identifiers.map(retrieve));
          for (const [index, exchange] of exchanges.entries()) {
            const id = parseCustomer(exchange)?.id;
            if (id === expected[index]) continue;
            session.report(exchange, {
              expected: `the customer ${expected[index]}, as without concurrent requests`,
              actual: `the customer ${id}`,
              specRef,
            });
          }
        }
      },
    },
  ];
}
