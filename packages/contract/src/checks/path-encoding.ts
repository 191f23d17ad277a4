import type { JsonSchema } from '@firstofficer/openapi';
import { createEquivalentSegments } from '../request/path-segments.ts';
import { isFreeText } from '../schema/subschemas.ts';
import type { Check } from './check.ts';
import { createSameResponseCase } from './compare.ts';

export const pathEncoding: Check = {
  name: 'path_encoding',
  severity: 'error',
  basis: 'rfc',
  needs: 'a GET operation with a path parameter',
  rationale: 'Equivalent percent-encodings of a path segment get the same response (RFC 3986, 2.4 and 6.2.2).',
  testCases(operation, { base }) {
    // Unsafe operations may answer differently each time.
    if (operation.method !== 'GET') return [];
    const values = base.parametersFor(operation);
    return operation.parameters
      .filter(
        ({ name, in: place, style = 'simple' }) => place === 'path' && style === 'simple' && isScalar(values[name]),
      )
      .flatMap((parameter) =>
        createEquivalentSegments(String(values[parameter.name])).map(({ name, segment, isSameUrl }) =>
          createSameResponseCase(`${parameter.name} with ${name}`, {
            other: { segments: { [parameter.name]: segment } },
            wanted: 'the same response as to the usual encoding',
            specRef: [parameter],
            // Routes with a pattern often match the path before they decode it.
            ...((!isSameUrl || !isText(parameter.schema)) && { basis: 'profile' as const }),
          }),
        ),
      );
  },
};

function isScalar(value: unknown): boolean {
  return value !== undefined && typeof value !== 'object';
}

/** Returns whether a schema allows any text, so that no route can have a pattern for it. */
function isText(schema: JsonSchema = {}): boolean {
  return isFreeText(schema) && schema.pattern === undefined;
}
