import { examplePairs, type Operation } from '@firstofficer/openapi';
import { describe, expect, test } from 'vitest';
import { credentialForms } from '../engine/credentials.ts';
import { callConforming, operations, target } from './subject.ts';

const guarded = operations.filter((operation) => credentialForms(operation).length > 0);

/** Parameters by which the operation succeeds, so that nothing but the key can be at fault. */
function succeedingParameters(operation: Operation): Record<string, string> {
  const identifier = target.customers?.[0]?.identifiers[0]?.value;
  const example = examplePairs(operation).find(({ status }) => status.startsWith('2'));
  return { ...example?.parameters, ...(identifier !== undefined && { customer: identifier }) };
}

describe.each(guarded)('authentication: $id', (operation) => {
  const parameters = succeedingParameters(operation);
  const forms = credentialForms(operation);

  test('no key is refused', async () => {
    const { status, request } = await callConforming(operation, parameters, {});

    expect(status, request).toBe(401);
  });

  describe.each(forms)('$scheme', ({ write }) => {
    test('the right key is accepted', async () => {
      const { status, request } = await callConforming(operation, parameters, write(target.token));

      expect(status, request).toBe(200);
    });

    test('an empty key is refused', async () => {
      const { status, request } = await callConforming(operation, parameters, write(''));

      expect(status, request).toBe(401);
    });

    test('a wrong key is refused', async () => {
      const { status, request } = await callConforming(operation, parameters, write('no-such-key'));

      expect(status, request).toBe(401);
    });
  });
});
