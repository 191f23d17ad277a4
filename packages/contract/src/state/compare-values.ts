import { asObject, type JsonObject, type JsonSchema, resolveReference } from '@firstofficer/openapi';
import { isObject } from '../schema/json.ts';
import type { Validator } from '../schema/validation.ts';
import { findSchemasAt, listComposedSchemas } from '../schema/walk.ts';

/** A member of an object that does not have the value that a request sent. */
export interface ValueDifference {
  /** The path of the member, such as `body/rooms/0/floor`. */
  readonly path: string;
  readonly sent: unknown;
  readonly received: unknown;
  /** Whether the server may have had a good reason, such as a normalized email address. */
  readonly isDisputed: boolean;
  /** The schema of the member in the response. */
  readonly schema: object | undefined;
}

/** The schemas of an object in a request and in a response. */
export interface ComparedSchemas {
  readonly sent: JsonSchema;
  readonly received: JsonSchema;
  readonly validator: Validator;
}

type Path = readonly (string | number)[];

/**
 * Returns the members of an object that a request sent and that a response has with another value. It ignores members
 * that the response does not document, that only one direction has, and that servers usually compute.
 */
export function compareValues(sent: unknown, received: unknown, schemas: ComparedSchemas): ValueDifference[] {
  return compareAt(sent, received, { ...schemas, path: [] });
}

interface Comparison extends ComparedSchemas {
  readonly path: Path;
}

function compareAt(sent: unknown, received: unknown, comparison: Comparison): ValueDifference[] {
  const { path } = comparison;
  if (isObject(sent) && isObject(received)) {
    return Object.entries(sent).flatMap(([name, value]) => {
      const at = { ...comparison, path: [...path, name] };
      return isComparable(value, at) ? compareAt(value, received[name], at) : [];
    });
  }
  if (isSameValue(sent, received, comparison)) return [];
  if (Array.isArray(sent) && Array.isArray(received)) {
    if (sent.length === received.length) {
      return sent.flatMap((item, index) => compareAt(item, received[index], { ...comparison, path: [...path, index] }));
    }
  }
  const [schema] = findSchemas(comparison.received, comparison);
  const isDisputed =
    isNormalized(sent, received, schema) || path.some((step) => isComputedName(step)) || mayBeComputed(comparison);
  return [{ path: ['body', ...path].join('/'), sent, received, isDisputed, schema }];
}

/** Returns whether the description says that the member of the response has the value of the member of the request. */
function isComparable(value: unknown, comparison: Comparison): boolean {
  const inRequest = findSchemas(comparison.sent, comparison);
  const inResponse = findSchemas(comparison.received, comparison);
  if (inRequest.length === 0 || inResponse.length === 0) return false;
  if (
    [...inRequest, ...inResponse].some(
      ({ readOnly, writeOnly, format }) => readOnly || writeOnly || format === 'password',
    )
  ) {
    return false;
  }
  // The response may represent the member otherwise, for example by an object in place of its ID.
  return inResponse.some((schema) => comparison.validator.validateResponse(schema, value, 'value').length === 0);
}

function findSchemas(schema: JsonSchema, { path, validator }: Comparison): JsonSchema[] {
  const document = validator.document as JsonObject;
  return path.reduce<JsonSchema[]>(
    (schemas, step) => schemas.flatMap((one) => findSchemasAt(resolveReference(document, one), [step])),
    [resolveReference(document, schema)],
  );
}

/** Returns whether two values are the same to a client. */
function isSameValue(sent: unknown, received: unknown, comparison: Comparison): boolean {
  if (Object.is(sent, received) || JSON.stringify(sent) === JSON.stringify(received)) return true;
  if (typeof sent === 'number' && typeof received === 'number')
    return sent === received || isSameFloat(sent, received, comparison);
  // Null, an empty list and no member may mean the same.
  const isEmpty = (value: unknown) =>
    value === undefined || value === null || (Array.isArray(value) && value.length === 0);
  if (isEmpty(sent) && isEmpty(received)) return true;
  if (Array.isArray(sent) && Array.isArray(received)) return isSameSet(sent, received, comparison);
  if (typeof sent !== 'string' || typeof received !== 'string') return false;
  const formats = findSchemas(comparison.received, comparison).map(({ format }) => format);
  if (formats.includes('date-time') || formats.includes('time')) return isSameTime(sent, received);
  if (formats.includes('uuid')) return sent.toLowerCase() === received.toLowerCase();
  if (formats.includes('byte')) return Buffer.from(sent, 'base64').equals(Buffer.from(received, 'base64'));
  return sent.normalize() === received.normalize();
}

function isSameFloat(sent: number, received: number, comparison: Comparison): boolean {
  const isFloat = findSchemas(comparison.received, comparison).some(({ format }) => format === 'float');
  return isFloat && Math.fround(sent) === Math.fround(received);
}

function isSameSet(sent: readonly unknown[], received: readonly unknown[], comparison: Comparison): boolean {
  const isSet = findSchemas(comparison.received, comparison).some(({ uniqueItems }) => uniqueItems === true);
  const sort = (items: readonly unknown[]) => JSON.stringify(items.map((item) => JSON.stringify(item)).toSorted());
  return isSet && sort(sent) === sort(received);
}

function isSameTime(sent: string, received: string): boolean {
  const read = (text: string) => Date.parse(/^\d\d:/.test(text) ? `2000-01-01T${text}` : text);
  // Many databases store seconds.
  return Math.trunc(read(sent) / 1000) === Math.trunc(read(received) / 1000);
}

/** Returns whether a server may write a text in another form, although the description does not say so. */
function isNormalized(sent: unknown, received: unknown, { format, type }: JsonSchema = {}): boolean {
  if (typeof sent !== 'string' || typeof received !== 'string') return false;
  if (['email', 'idn-email', 'hostname', 'iri', 'uri', 'uri-reference', 'ipv6', 'duration'].includes(String(format))) {
    const simplify = (text: string) => text.trim().toLowerCase().replace(/\/$/, '');
    return simplify(sent) === simplify(received) || format === 'ipv6' || format === 'duration';
  }
  // Servers may drop characters that their database cannot store.
  const hasControlCharacter = [...sent].some((character) => character < ' ');
  return (hasControlCharacter && type !== undefined) || (sent === '' && received === undefined);
}

/**
 * Returns whether a server may compute an optional member: requests and responses have the same schema, and it does not
 * say which members are read-only.
 */
function mayBeComputed({ sent, received, path }: Comparison): boolean {
  if (sent !== received) return false;
  const parts = listComposedSchemas(received);
  const members = parts.flatMap(({ properties }) => Object.values(asObject(properties)));
  const isRequired = parts.some(({ required }) => Array.isArray(required) && required.includes(path[0]));
  return !isRequired && !members.some((member) => asObject(member).readOnly === true);
}

/** Returns whether servers usually compute a member with this name, although the description does not say readOnly. */
function isComputedName(name: string | number): boolean {
  return (
    typeof name === 'string' &&
    /^_*(id|uuid|guid|etag|e_?tag|version|revision|rev|self|href|links?|_links|meta|metadata|checksum|hash|slug)$|(^|_)(created|updated|modified|deleted|changed)(_?(at|on|by|date|time))?$|(created|updated|modified|deleted|changed)(At|On|By|Date|Time)$/i.test(
      name,
    )
  );
}

/** Returns the schema of the object with the given members in a body: the schema of the body, or of its member. */
export function findObjectSchema(schema: JsonSchema, isWrapped: string | undefined): JsonSchema {
  return isWrapped === undefined ? schema : asObject(asObject(schema.properties)[isWrapped]);
}
