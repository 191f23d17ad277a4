import { asObject, type JsonObject } from './document.ts';
import type { MutableObject } from './hidden.ts';
import { resolvePointer } from './pointer.ts';

/** For each kind of object, the kinds of its members. `*` is any member of a map. Extensions have no kind. */
const KINDS = {
  document: { paths: 'pathItems', webhooks: 'pathItems', components: 'components' },
  components: {
    schemas: 'schemas',
    responses: 'responses',
    parameters: 'parameters',
    examples: 'examples',
    requestBodies: 'requestBodies',
    headers: 'parameters',
    callbacks: 'callbacks',
    pathItems: 'pathItems',
    mediaTypes: 'content',
  },
  pathItems: { '*': 'pathItem' },
  pathItem: {
    parameters: 'parameter',
    get: 'operation',
    put: 'operation',
    post: 'operation',
    delete: 'operation',
    options: 'operation',
    head: 'operation',
    patch: 'operation',
    trace: 'operation',
    query: 'operation',
    additionalOperations: 'operations',
  },
  operations: { '*': 'operation' },
  operation: {
    parameters: 'parameter',
    requestBody: 'requestBody',
    responses: 'responses',
    callbacks: 'callbacks',
  },
  callbacks: { '*': 'pathItems' },
  parameters: { '*': 'parameter' },
  parameter: { schema: 'schema', content: 'content', examples: 'examples' },
  requestBodies: { '*': 'requestBody' },
  requestBody: { content: 'content' },
  responses: { '*': 'response' },
  response: { headers: 'parameters', content: 'content' },
  content: { '*': 'mediaType' },
  mediaType: {
    schema: 'schema',
    itemSchema: 'schema',
    examples: 'examples',
    encoding: 'encodings',
    prefixEncoding: 'encoding',
    itemEncoding: 'encoding',
  },
  encodings: { '*': 'encoding' },
  encoding: { headers: 'parameters', encoding: 'encodings', prefixEncoding: 'encoding', itemEncoding: 'encoding' },
  examples: { '*': 'example' },
  example: {},
  schemas: { '*': 'schema' },
  schema: {
    $defs: 'schemas',
    additionalProperties: 'schema',
    allOf: 'schema',
    anyOf: 'schema',
    contains: 'schema',
    contentSchema: 'schema',
    definitions: 'schemas',
    dependentSchemas: 'schemas',
    else: 'schema',
    if: 'schema',
    items: 'schema',
    not: 'schema',
    oneOf: 'schema',
    patternProperties: 'schemas',
    prefixItems: 'schema',
    properties: 'schemas',
    propertyNames: 'schema',
    // biome-ignore lint/suspicious/noThenProperty: this is the name of a keyword
    then: 'schema',
    unevaluatedItems: 'schema',
    unevaluatedProperties: 'schema',
  },
} as const;

type Kind = keyof typeof KINDS;
type Upgrade = Partial<Record<Kind, (object: MutableObject) => void>>;

/** The changes to the objects of each version of OpenAPI. */
const UPGRADES: Readonly<Record<string, Upgrade>> = {
  '3.0': { schema: upgradeSchema },
  '3.1': {},
  '3.2': { parameter: upgradeQuerystring, example: upgradeExample },
};

/**
 * Changes a description of OpenAPI 3.0 or 3.2 to the form of OpenAPI 3.1. Changes nothing in a description of 3.1.
 *
 * The objects stay the same, so that their locations can still be found. Members that OpenAPI 3.1 does not have and that
 * cannot be expressed in it, such as `itemSchema`, stay as well.
 *
 * @param document - A description without references to other documents.
 * @param name - The path or URL of the description, for error messages.
 * @throws Error if the document has another version.
 * @example
 * upgradeDescription(document, 'openapi.yaml');
 */
export function upgradeDescription(document: MutableObject, name: string): void {
  const { openapi, swagger } = document;
  const version = typeof openapi === 'string' ? /^(3\.\d+)\./.exec(openapi)?.[1] : undefined;
  const upgrade = UPGRADES[version ?? ''];
  if (!upgrade) {
    throw new Error(
      swagger === undefined
        ? `${name} is not an OpenAPI description: its member "openapi" must begin with 3.0., 3.1. or 3.2.`
        : `${name} is a Swagger ${swagger} description. Convert it to OpenAPI 3 first, for example with npx swagger2openapi.`,
    );
  }
  if (Object.keys(upgrade).length === 0) return;
  upgradeObjects(document, upgrade);
  document.openapi = '3.1.2';
}

/** Visits every object of a description whose kind is known, also behind references. */
function upgradeObjects(document: JsonObject, upgrade: Upgrade): void {
  const seen = new Set<unknown>();
  const queue: [kind: Kind, value: unknown][] = [['document', document]];
  for (const [kind, value] of queue) {
    if (Array.isArray(value)) queue.push(...value.map((item: unknown) => [kind, item] as [Kind, unknown]));
    if (value !== asObject(value) || seen.has(value)) continue;
    seen.add(value);
    const object = value as MutableObject;
    upgrade[kind]?.(object);
    const kinds: Readonly<Record<string, Kind>> = KINDS[kind];
    const { $ref } = object;
    // A member of a map may have the name $ref.
    if (typeof $ref === 'string' && !('*' in kinds)) queue.push([kind, findTarget(document, $ref)]);
    for (const [name, member] of Object.entries(object)) {
      const memberKind = kinds[name] ?? (name.startsWith('x-') ? undefined : kinds['*']);
      if (memberKind) queue.push([memberKind, member]);
    }
  }
}

function findTarget(document: JsonObject, reference: string): unknown {
  try {
    return reference.startsWith('#/') ? resolvePointer(decodeURIComponent(reference.slice(1)), document) : undefined;
  } catch {
    // The reference is not valid percent-encoding. The error for it comes later, when references are resolved.
    return undefined;
  }
}

// Keywords that describe a value and do not restrict it.
const ANNOTATIONS = [
  'default',
  'deprecated',
  'description',
  'example',
  'externalDocs',
  'readOnly',
  'title',
  'writeOnly',
  'xml',
];

/** Changes the keywords that differ between the schemas of OpenAPI 3.0 and JSON Schema 2020-12. */
function upgradeSchema(schema: MutableObject): void {
  // OpenAPI 3.0 ignores members beside a reference. Those that only describe the value do no harm.
  if (typeof schema.$ref === 'string') {
    for (const name of Object.keys(schema)) {
      if (!['$ref', 'nullable', ...ANNOTATIONS].includes(name) && !name.startsWith('x-')) delete schema[name];
    }
  }
  upgradeLimit(schema, 'exclusiveMinimum', 'minimum');
  upgradeLimit(schema, 'exclusiveMaximum', 'maximum');
  const { nullable } = schema;
  delete schema.nullable;
  if (nullable === true) allowNull(schema);
}

/** In OpenAPI 3.0 the exclusive limits are booleans. */
function upgradeLimit(
  schema: MutableObject,
  exclusive: 'exclusiveMinimum' | 'exclusiveMaximum',
  inclusive: 'minimum' | 'maximum',
): void {
  if (typeof schema[exclusive] !== 'boolean') return;
  if (schema[exclusive] && schema[inclusive] !== undefined) {
    schema[exclusive] = schema[inclusive];
    delete schema[inclusive];
  } else {
    delete schema[exclusive];
  }
}

/**
 * Makes a schema accept null. The text of OpenAPI 3.0 leaves open whether `nullable` has an effect beside a reference, a
 * composition or an enum without null. Descriptions use it there to allow null.
 */
function allowNull(schema: MutableObject): void {
  if (['$ref', 'allOf', 'anyOf', 'oneOf', 'not'].some((keyword) => keyword in schema)) {
    const restrictions: MutableObject = {};
    for (const [name, value] of Object.entries(schema)) {
      if (ANNOTATIONS.includes(name) || name.startsWith('x-')) continue;
      restrictions[name] = value;
      delete schema[name];
    }
    schema.anyOf = [restrictions, { type: 'null' }];
    return;
  }
  if (typeof schema.type === 'string') schema.type = [schema.type, 'null'];
  if (Array.isArray(schema.enum) && !schema.enum.includes(null)) schema.enum = [...schema.enum, null];
}

/** A query string in the format of forms is the same as one query parameter with an exploded object. */
function upgradeQuerystring(parameter: MutableObject): void {
  const { schema } = asObject(asObject(parameter.content)['application/x-www-form-urlencoded']);
  if (parameter.in !== 'querystring' || schema === undefined) return;
  delete parameter.content;
  Object.assign(parameter, { in: 'query', schema, style: 'form', explode: true });
}

function upgradeExample(example: MutableObject): void {
  if (!('dataValue' in example) || 'value' in example) return;
  example.value = example.dataValue;
  delete example.dataValue;
}
