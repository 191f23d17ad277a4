import { findExamplePairs, loadDescription, resolveLinks } from '@firstofficer/openapi';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';

const { operations } = await loadDescription(new URL('../openapi.yaml', import.meta.url));

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);

describe.each(operations)('$id', (operation) => {
  const pairs = findExamplePairs(operation);
  const bodies = Object.entries(operation.responses).flatMap(([status, { content = {} }]) =>
    Object.values(content).flatMap(({ examples = {} }) =>
      Object.entries(examples).map(([name, { value }]) => ({ status, name, value })),
    ),
  );

  test('every documented status with a body has a named example', () => {
    const withBody = Object.keys(operation.responses).filter((status) => status !== '204' && status !== '304');

    expect(new Set(bodies.map(({ status }) => status))).toEqual(new Set(withBody));
  });

  test('every parameter example has a response example of the same name', () => {
    const names = operation.parameters.flatMap(({ examples = {} }) => Object.keys(examples));

    expect(pairs.map(({ name }) => name)).toEqual([...new Set(names)]);
  });

  test('every response example has a parameter example of the same name, unless no parameter causes it', () => {
    // Parameters cause these statuses. The key, the account, the number of requests or the server causes the others.
    const causedByParameters = operation.parameters.length > 0 ? /^(2..|400|404|409|422)$/ : /^$/;
    const paired = bodies.filter(({ status }) => causedByParameters.test(status)).map(({ name }) => name);

    expect(paired.toSorted()).toEqual(pairs.map(({ name }) => name).toSorted());
  });

  test.each(pairs)('the parameters of $name are valid unless the status is 400', ({ parameters, status }) => {
    const valid = operation.parameters
      .filter(({ name }) => name in parameters)
      .every(({ name, schema }) => ajv.validate(schema ?? {}, parameters[name]));

    expect(valid).toBe(status !== '400');
  });
});

describe('the example customers', () => {
  const customers = operations
    .filter(({ id }) => id === 'retrieveCustomer')
    .flatMap(findExamplePairs)
    .filter(({ status }) => status === '200')
    .map(({ name, body }) => ({ name, body: body as Record<string, unknown> }));

  test('have the same body for each of their identifiers', () => {
    for (const { body } of customers) {
      const same = customers.filter((other) => other.body.id === body.id);
      // toBe, not toEqual: a copy could later differ from the original.
      for (const other of same) expect(other.body).toBe(body);
    }
  });

  test.each(customers)('$name: its links use its Stripe ID, FirstOfficer ID and extra ID', ({ body }) => {
    const linked = operations.flatMap((operation) => resolveLinks(operation, '200', body));
    const identifiers = [body.stripe_id, body.id, body.extra_id].filter((value) => value !== null);

    expect(linked.map(({ parameters }) => parameters)).toEqual(
      identifiers.map((value) => ({ customer: String(value) })),
    );
  });

  test('include a customer who has every kind of identifier', () => {
    const kinds = customers.filter(({ body }) => body.extra_id !== null).map(({ name }) => name);

    expect(kinds).toContain('email');
  });

  test('never share a Stripe ID', () => {
    const bodies = new Set(customers.map(({ body }) => body));

    expect(new Set([...bodies].map((body) => body.stripe_id)).size).toBe(bodies.size);
  });

  test.each(customers)('$name: subscription count, MRR and lifetime value are consistent', ({ body }) => {
    const { current_subscription_count: count, current_mrr: mrr, total_contract_value: total } = body;

    expect(mrr === 0).toBe(count === 0);
    // The lifetime value is a whole number of months of MRR, so that readers can check it easily.
    expect(Number(total) % (Number(mrr) || 1)).toBe(0);
    expect(Number(total)).toBeGreaterThan(Number(mrr));
  });
});
