import type { JsonSchema } from '@firstofficer/openapi';
import { sample } from 'openapi-sampler';

/** A value that a schema describes, as far as one can be made up; undefined if none can. */
export function sampled(schema: JsonSchema, document: object, skipNonRequired = false): unknown {
  try {
    return sample(schema, { quiet: true, skipReadOnly: true, skipNonRequired, enablePatterns: true }, document);
  } catch {
    // It cannot follow every reference, nor make up text for every pattern.
    return undefined;
  }
}

/** The same without the examples in a schema, which do not always fit it, and without more than it requires. */
export function sampledAnew(schema: JsonSchema, document: object, skipNonRequired: boolean): unknown {
  const text = JSON.stringify(schema, (name, value: unknown) =>
    name === 'example' || (name === 'examples' && Array.isArray(value)) ? undefined : value,
  );
  return sampled(JSON.parse(text) as JsonSchema, document, skipNonRequired);
}
