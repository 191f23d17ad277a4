import type { JsonSchema } from '@firstofficer/openapi';
import { sample } from 'openapi-sampler';

/** Returns a sample value for a schema, or undefined if none can be generated. The sample may violate the schema. */
export function sampled(schema: JsonSchema, document: object, skipNonRequired = false): unknown {
  try {
    return sample(schema, { quiet: true, skipReadOnly: true, skipNonRequired, enablePatterns: true }, document);
  } catch {
    // openapi-sampler cannot follow every reference or generate text for every pattern.
    return undefined;
  }
}

/** Returns a sample that ignores the examples in a schema, which do not always conform to it. */
export function sampledAnew(schema: JsonSchema, document: object, skipNonRequired: boolean): unknown {
  const text = JSON.stringify(schema, (name, value: unknown) =>
    name === 'example' || (name === 'examples' && Array.isArray(value)) ? undefined : value,
  );
  return sampled(JSON.parse(text) as JsonSchema, document, skipNonRequired);
}
