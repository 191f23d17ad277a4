import type { JsonSchema, Response } from '@firstofficer/openapi';

/** Returns the schema of a response's JSON body, or undefined if the description has none. */
export function findJsonSchema({ content = {} }: Response): JsonSchema | undefined {
  return Object.entries(content).find(([mediaType]) => /[/+]json\b/.test(mediaType))?.[1].schema;
}
