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
