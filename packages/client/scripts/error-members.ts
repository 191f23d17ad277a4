import type { JsonSchema, Operation } from '@firstofficer/openapi';
import { findJsonSchema } from './json-schema.ts';

/**
 * Generates an object literal with the required members of `error` in each documented error, by status. By these members,
 * the client tells an error of the API from that of a proxy: the validators, which check everything, would be too large.
 *
 * @throws Error if an error is documented by a class of statuses or as the default, or if its body has no `error` with
 * required strings.
 */
export function generateErrorMembers({ id, responses }: Operation): string {
  const errors = Object.entries(responses).filter(([status]) => !/^[123]/.test(status));
  const rows = errors.map(([status, response]) => {
    if (!/^\d+$/.test(status)) throw new Error(`${id}: document each error status instead of ${status}.`);
    const members = listRequiredStrings(findProperty(flattenSchema(findJsonSchema(response)), 'error'));
    if (!members.length)
      throw new Error(`${id}: the body of ${status} must have a member "error" with required strings.`);
    return `${status}: ${JSON.stringify(members)}`;
  });
  return `{ ${rows.join(', ')} }`;
}

function listRequiredStrings(schemas: readonly JsonSchema[]): string[] {
  const required = new Set(schemas.flatMap((schema) => (schema.required as string[] | undefined) ?? []));
  return [...required].filter((name) => findProperty(schemas, name).some(({ type }) => type === 'string'));
}

/** Returns the schemas of a property, from all the schemas that apply to its object. */
function findProperty(schemas: readonly JsonSchema[], name: string): JsonSchema[] {
  return schemas.flatMap(({ properties }) =>
    flattenSchema((properties as Record<string, JsonSchema> | undefined)?.[name]),
  );
}

/** Returns a schema and all schemas that its `allOf` combines. */
function flattenSchema(schema: JsonSchema | undefined): JsonSchema[] {
  if (!schema) return [];
  const { allOf = [] } = schema as { readonly allOf?: readonly JsonSchema[] };
  return [schema, ...allOf.flatMap(flattenSchema)];
}
