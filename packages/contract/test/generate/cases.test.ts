import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { listInvalidCases } from '../../src/generate/invalid-cases.ts';
import { formatPlace } from '../../src/generate/places.ts';
import { createArbitrary, createPlainValue, isValid, listViolations } from '../../src/generate/schema-values.ts';
import { listValidCases } from '../../src/generate/valid-cases.ts';
import { createGeneration, SCHEMAS } from './schemas.ts';

describe.each(['request', 'text'] as const)('for a %s', (use) => {
  const generation = createGeneration(use);

  describe.each(Object.entries(SCHEMAS))('%s', (_name, schema) => {
    const base = createPlainValue(schema, generation);

    test('there is a plain valid value', () => {
      expect(base).toBeDefined();
      expect(listViolations(generation, schema, base)).toEqual([]);
    });

    test('all random values are valid', () => {
      const values = createArbitrary(schema, generation) ?? fc.constant(undefined);

      expect(
        fc.sample(values, { numRuns: 50, seed: 1 }).filter((value) => !isValid(generation, schema, value)),
      ).toEqual([]);
    });

    test('all valid cases are valid, each value and name once', () => {
      const cases = listValidCases(schema, base, generation);

      expect(cases.filter(({ value }) => !isValid(generation, schema, value))).toEqual([]);
      expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
      expect(new Set(cases.map(({ value }) => JSON.stringify(value))).size).toBe(cases.length);
    });

    test('all values to compare a valid case with are valid', () => {
      const compared = listValidCases(schema, base, generation).flatMap((one) => [
        ...one.listSimilar(() => 1),
        ...one.listOrdinary(() => 2),
        one.renew(3),
      ]);

      expect(compared.filter((value) => !isValid(generation, schema, value))).toEqual([]);
    });

    test('all invalid cases violate the keyword that they are named after, at its place', () => {
      const cases = listInvalidCases(schema, base, generation);

      for (const { value, place, keyword, specRef, name } of cases) {
        const violations = listViolations(generation, schema, value);
        const named = violations.filter(
          (one) => one.place === formatPlace(place) && one.specRef[0] === specRef[0] && one.specRef[1] === keyword,
        );
        expect(named, `${name} of ${JSON.stringify(value)}`).not.toEqual([]);
      }
      expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
    });
  });
});

describe('the cases of a body with a union and a list of objects', () => {
  const generation = createGeneration();
  const item = {
    type: 'object',
    required: ['count'],
    properties: { count: { type: 'integer', minimum: 1, maximum: 9 } },
  };
  const schema = {
    type: 'object',
    required: ['payment', 'extras'],
    properties: {
      payment: {
        oneOf: [
          { type: 'object', required: ['card'], properties: { card: { type: 'string', pattern: '^[0-9]{12}$' } } },
          { type: 'object', required: ['code'], properties: { code: { type: 'string', minLength: 6 } } },
        ],
      },
      extras: { type: 'array', maxItems: 3, items: item },
      level: { type: 'integer', minimum: -2, maximum: 40 },
    },
  };
  const base = { payment: { card: '123456789012' }, extras: [{ count: 1 }], level: 1 };

  test('violate the keywords of each branch', () => {
    const names = listInvalidCases(schema, base, generation).map(({ name }) => name);

    expect(names).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^\/payment\/card: pattern/),
        expect.stringMatching(/^\/payment\/code: minLength/),
      ]),
    );
  });

  test('violate the keywords of a later item', () => {
    const places = listInvalidCases(schema, base, generation).map(({ name }) => name);

    expect(places).toContainEqual(expect.stringMatching(/^\/extras\/1\/count: maximum/));
  });

  test('include 0 within the limits of a number', () => {
    const names = listValidCases(schema, base, generation).map(({ name }) => name);

    expect(names).toContain('/level: the number 0');
    expect(names).not.toContain('/extras/0/count: the number 0');
  });
});
