import type { Operation } from '@firstofficer/openapi';
import fc from 'fast-check';
import type { Check, Session, TestCase } from '../checks/check.ts';
import { forEachGenerated } from '../checks/for-each-generated.ts';
import { expectStatus } from '../checks/statuses.ts';
import { explainUnsendable, type Identifier } from '../customers/known-customers.ts';
import { anyCharacter } from '../generate/schema-values.ts';
import type { OperationExchange } from '../request/operation-exchange.ts';
import { preview } from '../schema/json.ts';
import {
  findCustomerParameter,
  PARAMETER,
  parseCustomer,
  parseIdentifier,
  retrievesCustomer,
  type SentCustomer,
} from './customer.ts';
import { createNearMisses, HOSTILE_IDENTIFIERS } from './unknown-identifiers.ts';

const IDENTIFIERS_OF_EACH_KIND = 3;

export const exactMatch: Check = {
  name: 'exact_match',
  severity: 'error',
  basis: 'description',
  needs: 'the operation retrieveCustomer',
  rationale: 'An identifier is decoded once and matched exactly: any other match returns the wrong customer.',
  source: 'the parameter customer in spec/openapi.yaml',

  checkResponse(exchange) {
    const customer = retrievesCustomer(exchange.operation) ? parseCustomer(exchange) : undefined;
    const identifier = parseIdentifier(exchange);
    if (!customer || identifier === undefined || hasIdentifier(customer, identifier)) return [];
    // Responses have no email address, so the customer may have any.
    if (identifier.includes('@')) return [];
    return [
      {
        expected: 'a customer that has the requested identifier',
        actual: `for ${preview(identifier)}: ${preview(exchange.text)}`,
        specRef: [findCustomerParameter(exchange.operation)],
      },
    ];
  },

  testCases(operation, { customers, options, validator }) {
    if (!retrievesCustomer(operation)) return [];
    const identifiers = customers.flatMap(({ identifiers: all }) => all);
    const known = new Set(identifiers.map(({ value }) => value));

    /**
     * Sends an identifier that no known customer has. The response must be an error, or at least not the customer with
     * the similar identifier.
     */
    const tryUnknown = async (session: Session, value: string, similar?: string): Promise<void> => {
      const exchange = await session.send({ parameters: { [PARAMETER]: value } });
      const parameter = operation.parameters.find(({ name }) => name === PARAMETER);
      const isInvalid = validator.validateText(parameter?.schema ?? {}, value, 'value').length > 0;
      const status = isInvalid ? '400' : '404';
      const specRef = [operation.responses[status] ?? operation.definition] as const;
      // The target may have a customer with this identifier, so 200 is only checked for the wrong customer.
      if (!parseCustomer(exchange) || isInvalid) expectStatus(session, exchange, { statuses: [status], specRef });
      else if (similar !== undefined) await expectOtherCustomer(session, exchange, similar);
    };

    const misses = selectOfEachKind(identifiers).flatMap(({ label, value }, index) =>
      createNearMisses(value)
        .filter((miss) => !known.has(miss.value))
        .map(
          ({ name, value: miss }): TestCase => ({
            name: `identifier ${index + 1} (${label}): ${name}`,
            run: (session) => tryUnknown(session, miss, value),
          }),
        ),
    );
    const hostile = HOSTILE_IDENTIFIERS.map(
      ({ name, value }): TestCase => ({
        name: value.length > 40 ? name : `${name}: ${preview(value)}`,
        run: (session) => tryUnknown(session, value),
      }),
    );
    if (identifiers.length === 0) return hostile;
    const members: TestCase = {
      name: 'the values of other members',
      async run(session) {
        const customer =
          parseCustomer(await session.send({ parameters: { [PARAMETER]: identifiers[0]?.value ?? '' } })) ?? {};
        const values = Object.values(customer).map(String);
        // Another customer may have one of these values as its identifier. checkResponse checks that it does.
        for (const value of values.filter((one) => !known.has(one) && explainUnsendable(one) === undefined)) {
          await tryUnknown(session, value);
        }
      },
    };
    const generated: TestCase = {
      name: `${options.generated} generated changes of known identifiers`,
      run: (session) =>
        forEachGenerated({ session, options, values: createChanges([...known]) }, async ({ changed, original }) => {
          if (!known.has(changed)) await tryUnknown(session, changed, original);
        }),
    };
    return [...misses, ...hostile, ...createDotCases(operation), ...createEmojiCases(operation), members, generated];
  },
};

/** Clients, proxies and servers resolve these segments as folders, so any error status is allowed. */
function createDotCases(operation: Operation): TestCase[] {
  return ['%2E', '%2E%2E', '%2e%2e'].map((segment) => ({
    name: `dots: ${segment}`,
    run: async (session) => {
      const { request, response } = await session.sendRaw({ segments: { [PARAMETER]: segment } });
      if (response.status >= 400 && response.status < 500) return;
      const actual = `status ${response.status}`;
      session.report({ request }, { expected: 'status 4XX', actual, specRef: [findCustomerParameter(operation)] });
    },
  }));
}

/**
 * Many languages count an emoji as two characters, but JSON Schema counts it as one. A violation is only a note, because
 * it affects no real identifier.
 */
function createEmojiCases(operation: Operation): TestCase[] {
  const values = {
    '600 emoji': '🦆'.repeat(600),
    '300 flags of two characters each': '🇫🇮'.repeat(300),
  };
  return Object.entries(values).map(([name, value]) => ({
    name,
    run: async (session) => {
      const exchange = await session.send({ parameters: { [PARAMETER]: value } });
      const specRef = [findCustomerParameter(operation)] as const;
      if (!parseCustomer(exchange)) expectStatus(session, exchange, { statuses: ['404'], specRef, severity: 'note' });
    },
  }));
}

/** Returns a few identifiers of each kind. Servers treat all identifiers of a kind alike, so more would find no other faults. */
function selectOfEachKind(identifiers: readonly Identifier[]): Identifier[] {
  const kinds = [...Map.groupBy(identifiers, ({ label }) => label).values()];
  // Prefer identifiers that need the most encoding: servers make more mistakes with them.
  const countSpecialCharacters = ({ value }: Identifier) => new Set(value.replaceAll(/[\w-]/g, '')).size;
  return kinds.flatMap((kind) =>
    kind.toSorted((a, b) => countSpecialCharacters(b) - countSpecialCharacters(a)).slice(0, IDENTIFIERS_OF_EACH_KIND),
  );
}

/** Returns whether an identifier is in a customer. Email addresses are in no response. */
function hasIdentifier({ id, stripe_id, extra_id }: SentCustomer, identifier: string): boolean {
  return [String(id), stripe_id, extra_id].includes(identifier);
}

/** Reports a violation if the response has the customer with the similar identifier. Another customer is allowed. */
async function expectOtherCustomer(session: Session, exchange: OperationExchange, similar: string): Promise<void> {
  const identifier = parseIdentifier(exchange) ?? '';
  const found = parseCustomer(exchange);
  const known = parseCustomer(await session.send({ parameters: { [PARAMETER]: similar } }));
  if (!found || !known || found.id !== known.id || hasIdentifier(known, identifier)) return;
  session.report(exchange, {
    expected: 'status 404, or another customer',
    actual: `for ${preview(identifier)}: the customer of ${preview(similar)}`,
    specRef: [findCustomerParameter(exchange.operation)],
  });
}

/** Returns known identifiers with one character removed, inserted or replaced. */
function createChanges(known: readonly string[]) {
  return fc
    .record({
      original: fc.constantFrom(...known),
      position: fc.nat(),
      removed: fc.nat({ max: 1 }),
      inserted: fc.string({ unit: anyCharacter, maxLength: 1 }),
    })
    .map(({ original, position, removed, inserted }) => {
      const characters = [...original];
      characters.splice(position % (characters.length + 1), removed, inserted);
      return { original, changed: characters.join('') };
    })
    .filter(({ changed }) => explainUnsendable(changed) === undefined);
}
