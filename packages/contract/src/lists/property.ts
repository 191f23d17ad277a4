import { asArray, asObject, type JsonSchema, resolveReference } from '@firstofficer/openapi';
import { listComposedSchemas } from '../schema/walk.ts';

/** What the schemas of a value, such as a member of a list's items, say in common. */
export interface Property {
  /** The types without `null`. `number` stands for integers as well. */
  readonly types: readonly string[];
  /** The allowed values, as JSON. Undefined if there are others. */
  readonly choices: readonly string[] | undefined;
  readonly format: string | undefined;
  /** The items of a list. */
  readonly items: Property | undefined;
  readonly schemas: readonly JsonSchema[];
}

/** Returns a schema and those that it is composed of, with references resolved. */
export function listSchemas(document: object, schema: unknown): JsonSchema[] {
  return listComposedSchemas(resolveReference(document as JsonSchema, schema)).map((part) =>
    resolveReference(document as JsonSchema, part),
  );
}

/** Returns the schemas of a member of an object, or of the objects in a list. */
export function findMemberSchemas(document: object, schemas: readonly JsonSchema[], name: string): JsonSchema[] {
  return schemas.flatMap(({ properties, items }) => {
    if (items !== undefined) return findMemberSchemas(document, listSchemas(document, items), name);
    const members = asObject(properties);
    return Object.hasOwn(members, name) ? listSchemas(document, members[name]) : [];
  });
}

/** Returns the schemas at a path of member names. */
export function findSchemasOf(document: object, schemas: readonly JsonSchema[], path: readonly string[]): JsonSchema[] {
  return path.reduce<JsonSchema[]>((found, name) => findMemberSchemas(document, found, name), [...schemas]);
}

/** Returns the names of all documented members of an object. */
export function listMemberNames(schemas: readonly JsonSchema[]): string[] {
  return [...new Set(schemas.flatMap(({ properties }) => Object.keys(asObject(properties))))];
}

/** Returns what the schemas of a value say in common, or undefined if they are empty. */
export function readProperty(document: object, schemas: readonly JsonSchema[]): Property | undefined {
  if (schemas.length === 0) return undefined;
  const listChoices = ({ enum: choices, const: constant }: JsonSchema) =>
    choices === undefined ? (constant === undefined ? [] : [constant]) : asArray(choices);
  const choices = schemas.flatMap(listChoices).filter((choice) => choice !== null);
  const declared = schemas.flatMap(({ type }) => [type].flat()).filter((type) => typeof type === 'string');
  const types = (declared.length > 0 ? declared : choices.map((choice) => typeof choice)).map((type) =>
    type === 'integer' ? 'number' : type,
  );
  const items = schemas.flatMap((schema) => (schema.items === undefined ? [] : listSchemas(document, schema.items)));
  return {
    types: [...new Set(types)].filter((type) => type !== 'null').toSorted(),
    choices: choices.length > 0 ? [...new Set(choices.map((choice) => JSON.stringify(choice)))].toSorted() : undefined,
    format: schemas.find(({ format }) => typeof format === 'string')?.format as string | undefined,
    items: readProperty(document, items),
    schemas,
  };
}

// These formats restrict only the size of numbers.
const SIZES = ['int32', 'int64', 'float', 'double'];

/** Returns whether two schemas allow the same kind of values: the same types, choices and format. */
export function isSameKind(one: Property, other: Property): boolean {
  const describe = ({ types, choices, format = '' }: Property) =>
    JSON.stringify([types, choices ?? null, SIZES.includes(format) ? '' : format]);
  return describe(one) === describe(other);
}

/** Returns the value at a path of member names, or undefined if there is none. For a list, these are the values in its objects. */
export function getAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((parent, name) => {
    if (Array.isArray(parent)) return parent.flatMap((item) => getAt(item, [name]) ?? []);
    const members = asObject(parent);
    return Object.hasOwn(members, name) ? members[name] : undefined;
  }, value);
}

/** Returns the member names of a JSON Pointer (RFC 6901), such as `/owner/id`. */
export function parsePointer(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
}
