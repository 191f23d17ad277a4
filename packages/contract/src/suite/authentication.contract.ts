import { examplePairs, type Operation } from '@firstofficer/openapi';
import { describe, expect, test } from 'vitest';
import { credentialForms, needsKey } from '../engine/credentials.ts';
import { callConforming, knownCustomers, operations, target } from './subject.ts';

const guarded = operations.filter(needsKey);

/** Parameters by which the operation succeeds, so that nothing but the key can be at fault. */
function succeedingParameters(operation: Operation): Record<string, string> {
  const identifier = knownCustomers?.[0]?.identifiers[0]?.value;
  const example = examplePairs(operation).find(({ status }) => status.startsWith('2'));
  return { ...example?.parameters, ...(identifier !== undefined && { customer: identifier }) };
}

describe.each(guarded)('authentication: $id', (operation) => {
  const forms = credentialForms(operation);
  const succeeding = { name: 'what exists', parameters: succeedingParameters(operation) };
  const failing = examplePairs(operation).filter(({ status }) => !status.startsWith('2'));

  test.each(forms)('the right key is accepted as $scheme', async ({ write }) => {
    const { status, request } = await callConforming(operation, succeeding.parameters, write(target.token));

    expect(String(status), request).toMatch(/^2/);
  });

  // A 401 must come first, whatever else is wrong with the request: it may not tell what exists.
  describe.each([succeeding, ...failing])('asked for $name', ({ parameters }) => {
    test('no key is refused', async () => {
      const { status, request } = await callConforming(operation, parameters, {});

      expect(status, request).toBe(401);
    });

    test.each(forms)('an empty key is refused as $scheme', async ({ write }) => {
      const { status, request } = await callConforming(operation, parameters, write(''));

      expect(status, request).toBe(401);
    });

    test.each(forms)('a wrong key is refused as $scheme', async ({ write }) => {
      const { status, request } = await callConforming(operation, parameters, write('no-such-key'));

      expect(status, request).toBe(401);
    });
  });
});
