import { asObject, type Deprecation, type MediaType, type Operation, readDeprecation } from '@firstofficer/openapi';
import { listComposedSchemas } from '../schema/walk.ts';

/** Something that an operation has and clients should no longer use. */
export interface DeprecatedPart {
  /** Such as `the query parameter page_size`. */
  readonly name: string;
  readonly deprecation: Deprecation;
  /** The object of the description that has the member `deprecated`. */
  readonly definition: object;
}

/** An object of the description, and what it describes. */
type Named = readonly [name: string, definition: unknown];

type Content = Readonly<Record<string, MediaType>>;

/** Returns what is deprecated of an operation: itself, parameters, headers of responses, and members of bodies. */
export function listDeprecatedParts(operation: Operation): readonly DeprecatedPart[] {
  const { id, definition, parameters, requestBody, responses } = operation;
  const named: Named[] = [
    [`the operation ${id}`, definition],
    ...parameters.map((parameter): Named => [`the ${parameter.in} parameter ${parameter.name}`, parameter]),
    ...listMembersOf(requestBody?.content, 'the request body'),
    ...Object.values(responses).flatMap(({ headers = {}, content }) => [
      ...Object.entries(headers).map(([name, header]): Named => [`the response header ${name}`, header]),
      ...listMembersOf(content, 'the response body'),
    ]),
  ];
  // Several statuses may have the same body.
  return [...new Map(named.toReversed().map((entry) => [entry[1], entry])).values()].toReversed().flatMap(toPart);
}

function toPart([name, definition]: Named): DeprecatedPart[] {
  const deprecation = readDeprecation(definition);
  return deprecation ? [{ name, deprecation, definition: asObject(definition) }] : [];
}

function listMembersOf(content: Content = {}, body: string): Named[] {
  return Object.values(content).flatMap(({ schema, itemSchema }) =>
    [schema, itemSchema].flatMap((one) =>
      listMembers(one, '').map(([path, member]): Named => [`the member ${path.slice(1)} of ${body}`, member]),
    ),
  );
}

/** Returns all members that a schema describes, with their paths, such as `.data.amount`. */
function listMembers(value: unknown, path: string): Named[] {
  if (typeof value !== 'object' || value === null) return [];
  return listComposedSchemas(asObject(value)).flatMap(({ properties, items, prefixItems, additionalProperties }) => [
    ...Object.entries(asObject(properties)).flatMap(([name, member]): Named[] => [
      [`${path}.${name}`, member],
      ...listMembers(member, `${path}.${name}`),
    ]),
    ...listMembers(items, path),
    ...(Array.isArray(prefixItems) ? prefixItems : []).flatMap((item) => listMembers(item, path)),
    ...listMembers(additionalProperties, `${path}.*`),
  ]);
}
