import type { Operation } from '@firstofficer/openapi';
import fc from 'fast-check';
import type { Check, Session, TestCase } from '../checks/check.ts';
import { expectStatus } from '../checks/expectations.ts';
import { forEachGenerated } from '../checks/for-each-generated.ts';
import { whyUnsendable } from '../customers/identifier.ts';
import type { Identifier } from '../customers/known-customers.ts';
import { anyCharacter } from '../generate/valid-values.ts';
import type { OperationExchange } from '../request/operation-exchange.ts';
import { preview } from '../schema/preview.ts';
import { textViolations } from '../schema/validation.ts';
import { type Customer, customerOf, identifierOf, PARAMETER, parameterOf, retrievesCustomer } from './customer.ts';
import { HOSTILE_IDENTIFIERS } from './hostile-identifiers.ts';
import { nearMisses } from './near-misses.ts';

const OF_EACH_KIND = 3;

export const exactMatch: Check = {
  name: 'exact_match',
  severity: 'error',
  rationale: 'An identifier is decoded once and matched exactly: any other match returns the wrong customer.',
  source: 'the parameter customer in spec/openapi.yaml',

  checkResponse(exchange) {
    const customer = retrievesCustomer(exchange.operation) ? customerOf(exchange) : undefined;
    const identifier = identifierOf(exchange);
    if (!customer || identifier === undefined || mayHave(customer, identifier)) return [];
    return [
      {
        expected: 'a customer that has the identifier it is asked for by',
        actual: `by ${preview(identifier)}: ${preview(exchange.text)}`,
        specRef: [parameterOf(exchange.operation)],
      },
    ];
  },

  testCases(operation, { customers, options, description }) {
    if (!retrievesCustomer(operation)) return [];
    const identifiers = customers.flatMap(({ identifiers: all }) => all);
    const known = new Set(identifiers.map(({ value }) => value));

    /** Sends an identifier that no known customer has. It must get an error, or at least not the customer whose identifier it resembles. */
    const tryUnknown = async (session: Session, value: string, resembled?: string): Promise<void> => {
      const exchange = await session.send({ parameters: { [PARAMETER]: value } });
      const parameter = operation.parameters.find(({ name }) => name === PARAMETER);
      const isInvalid = textViolations(parameter?.schema ?? {}, value, 'value', description.document).length > 0;
      const specRef = [operation.responses[isInvalid ? '400' : '404'] ?? operation.definition] as const;
      // The target may have a customer with this identifier, so 200 is only checked for the wrong customer.
      if (!customerOf(exchange) || isInvalid) expectStatus(session, exchange, [isInvalid ? '400' : '404'], { specRef });
      else if (resembled !== undefined) await expectAnother(session, operation, exchange, resembled);
    };

    const misses = someOfEachKind(identifiers).flatMap(({ label, value }, index) =>
      nearMisses(value)
        .filter((miss) => !known.has(miss.value))
        .map(
          ({ what, value: miss }): TestCase => ({
            name: `identifier ${index + 1} (${label}): ${what}`,
            run: (session) => tryUnknown(session, miss, value),
          }),
        ),
    );
    const hostile = HOSTILE_IDENTIFIERS.map(
      ({ what, value }): TestCase => ({
        name: value.length > 40 ? what : `${what}: ${preview(value)}`,
        run: (session) => tryUnknown(session, value),
      }),
    );
    if (identifiers.length === 0) return hostile;
    const members: TestCase = {
      name: 'the values of other members',
      async run(session) {
        const customer =
          customerOf(await session.send({ parameters: { [PARAMETER]: identifiers[0]?.value ?? '' } })) ?? {};
        const values = Object.values(customer).map(String);
        // Another customer may have one of these values as its identifier. checkResponse checks that it does.
        for (const value of values.filter((one) => !known.has(one) && whyUnsendable(one) === undefined)) {
          await tryUnknown(session, value);
        }
      },
    };
    const generated: TestCase = {
      name: `${options.generated} generated changes of known identifiers`,
      run: (session) =>
        forEachGenerated(session, options, changesOf([...known]), async ({ changed, of }) => {
          if (!known.has(changed)) await tryUnknown(session, changed, of);
        }),
    };
    return [...misses, ...hostile, ...ofDots(operation), ...astral(operation), members, generated];
  },
};

/** Clients, proxies and servers resolve these segments as folders, so any error status is allowed. */
function ofDots(operation: Operation): TestCase[] {
  return ['%2E', '%2E%2E', '%2e%2e'].map((segment) => ({
    name: `dots: ${segment}`,
    run: async (session) => {
      const { request, response } = await session.sendRaw({ segments: { [PARAMETER]: segment } });
      if (response.status >= 400 && response.status < 500) return;
      const actual = `status ${response.status}`;
      session.report({ request }, { expected: 'status 4XX', actual, specRef: [parameterOf(operation)] });
    },
  }));
}

/** Many languages count such a character as two, JSON Schema counts it as one. A violation is only a note. */
function astral(operation: Operation): TestCase[] {
  const values = {
    '600 emoji': '🦆'.repeat(600),
    '300 flags, each of two characters': '🇫🇮'.repeat(300),
  };
  return Object.entries(values).map(([name, value]) => ({
    name,
    run: async (session) => {
      const exchange = await session.send({ parameters: { [PARAMETER]: value } });
      const specRef = [parameterOf(operation)] as const;
      if (!customerOf(exchange)) expectStatus(session, exchange, ['404'], { specRef, severity: 'note' });
    },
  }));
}

/** Returns a few identifiers of each kind. Servers treat identifiers by kind, so more of them would find no other faults. */
function someOfEachKind(identifiers: readonly Identifier[]): Identifier[] {
  const kinds = [...Map.groupBy(identifiers, ({ label }) => label).values()];
  // Prefer identifiers that need the most encoding: servers make more mistakes with them.
  const oddity = ({ value }: Identifier) => new Set(value.replaceAll(/[\w-]/g, '')).size;
  return kinds.flatMap((kind) => kind.toSorted((a, b) => oddity(b) - oddity(a)).slice(0, OF_EACH_KIND));
}

/** Returns whether a customer may have an identifier. Responses have no email address, so any address is possible. */
function mayHave({ id, stripe_id, extra_id }: Customer, identifier: string): boolean {
  return [String(id), stripe_id, extra_id].includes(identifier) || identifier.includes('@');
}

/** Reports a violation if a similar identifier retrieves the known customer. It may belong to another customer. */
async function expectAnother(
  session: Session,
  operation: Operation,
  exchange: OperationExchange,
  resembled: string,
): Promise<void> {
  const identifier = identifierOf(exchange) ?? '';
  const [found, own] = [
    customerOf(exchange),
    customerOf(await session.send({ parameters: { [PARAMETER]: resembled } })),
  ];
  if (!found || !own || found.id !== own.id) return;
  if ([String(own.id), own.stripe_id, own.extra_id].includes(identifier)) return;
  session.report(exchange, {
    expected: 'status 404, or another customer',
    actual: `by ${preview(identifier)}: the customer of ${preview(resembled)}`,
    specRef: [parameterOf(operation)],
  });
}

/** Returns known identifiers with one character removed, inserted or replaced. */
function changesOf(known: readonly string[]) {
  return fc
    .record({
      of: fc.constantFrom(...known),
      at: fc.nat(),
      taken: fc.nat({ max: 1 }),
      put: fc.string({ unit: anyCharacter, maxLength: 1 }),
    })
    .map(({ of, at, taken, put }) => {
      const characters = [...of];
      characters.splice(at % (characters.length + 1), taken, put);
      return { of, changed: characters.join('') };
    })
    .filter(({ changed }) => whyUnsendable(changed) === undefined);
}
