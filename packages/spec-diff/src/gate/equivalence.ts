import { isDeepStrictEqual } from 'node:util';
import { asArray, asObject, type JsonObject, METHODS, resolvePointer } from '@firstofficer/openapi';
import { getValue, isObject } from '../objects.ts';
import type { Edit } from './edits.ts';
import { DATA, DEFAULTS, isWords, MAPS } from './keywords.ts';
import type { Path } from './source.ts';

/** Two documents whose values are compared. */
interface Documents {
  readonly base: JsonObject;
  readonly revision: JsonObject;
}

/** Where two values are: the member that contains them, and whether its members have names that their author chose. */
interface Place {
  readonly name: string;
  readonly isMap: boolean;
  /** The pairs of references that led here. A pair that comes back is the same as far as its other members are. */
  readonly followed: readonly string[];
}

/**
 * Returns whether an edit changes only how a description is written: whether a value around it, such as the schema or
 * the parameter, accepts the same requests and describes the same responses as before. Examples are a schema that moves
 * to `components`, a default that is stated, and a parameter that moves from a path to each of its operations.
 */
export function isRewritten({ base, revision }: Edit, documents: Documents): boolean {
  const longest = Math.min(findExactPlace(documents.base, base), findExactPlace(documents.revision, revision));
  // The first two segments are those of the document, such as `components` and `schemas`.
  return base.some((_, index) => {
    const length = longest - index;
    if (length < 2) return false;
    const place = { ...findPlace(base.slice(0, length)), followed: [] };
    const before = getValue(documents.base, base.slice(0, length));
    const after = getValue(documents.revision, revision.slice(0, length));
    return before !== undefined && after !== undefined && areEquivalent([before, after], place, documents);
  });
}

/** Returns how many segments of a path lead to the object of the first member that must be as it is written. */
function findExactPlace(document: JsonObject, path: Path): number {
  const index = path.findIndex((name, at) => {
    const parent = path.slice(0, at);
    return isExact(name, findPlace(parent), asObject(getValue(document, parent)));
  });
  return index < 0 ? path.length : index;
}

function findPlace(path: Path): Omit<Place, 'followed'> {
  let isName = false;
  let name = '';
  for (const segment of path) {
    if (!/^\d+$/.test(segment) && !isName) name = segment;
    isName = !isName && MAPS.has(segment);
  }
  return { name, isMap: isName };
}

function areEquivalent([before, after]: Pair, place: Place, documents: Documents): boolean {
  const [from, to] = [readReference(before), readReference(after)];
  // The definition itself may have changed, which is an edit of its own.
  if (from !== undefined && from === to) return true;
  if (from === undefined && to === undefined) return areEquivalentValues([before, after], place, documents);
  const pair = `${from} ${to}`;
  if (from !== undefined && to !== undefined && place.followed.includes(pair)) return true;
  if (place.followed.length > MAX_DEPTH) return false;
  const targets: Pair = [resolve(before, documents.base), resolve(after, documents.revision)];
  return areEquivalent(targets, { ...place, followed: [...place.followed, pair] }, documents);
}

type Pair = readonly [before: unknown, after: unknown];

// More references than any description follows, other than in circles.
const MAX_DEPTH = 50;

/** Returns the target of a value that is nothing but a reference within the document. */
function readReference(value: unknown): string | undefined {
  const { $ref, ...others } = asObject(value);
  return typeof $ref === 'string' && $ref.startsWith('#/') && Object.keys(others).every(isWords) ? $ref : undefined;
}

function resolve(value: unknown, document: JsonObject): unknown {
  const reference = readReference(value);
  return reference === undefined ? value : resolvePointer(reference.slice(1), document);
}

function areEquivalentValues([before, after]: Pair, place: Place, documents: Documents): boolean {
  if (Array.isArray(before) && Array.isArray(after)) return areEquivalentLists([before, after], place, documents);
  if (!isObject(before) || !isObject(after)) return isDeepStrictEqual(before, after);
  const [from, to] = place.isMap
    ? [before, after]
    : [simplify(before, documents.base), simplify(after, documents.revision)];
  const names = Object.keys(from);
  if (names.length !== Object.keys(to).length) return false;
  return names.every((name) => {
    if (!Object.hasOwn(to, name)) return false;
    if (isExact(name, place, from)) return isDeepStrictEqual(from[name], to[name]);
    const isMap = !place.isMap && MAPS.has(name) && isObject(from[name]);
    return areEquivalent([from[name], to[name]], { ...place, name, isMap }, documents);
  });
}

/** Returns whether a member must be the same as it is written. */
function isExact(name: string, place: Omit<Place, 'followed'>, parent: JsonObject): boolean {
  if (place.isMap) return false;
  // Without a mapping, the names of the schemas are values in requests and responses.
  const isSelected = parent.discriminator !== undefined && ['anyOf', 'oneOf'].includes(name);
  return isSelected || (DATA.has(name) && name !== 'enum');
}

// Lists whose order has no meaning.
const SETS = new Set(['allOf', 'anyOf', 'enum', 'oneOf', 'parameters', 'required', 'security', 'type']);

function areEquivalentLists(
  [before, after]: readonly [readonly unknown[], readonly unknown[]],
  place: Place,
  documents: Documents,
): boolean {
  if (before.length !== after.length) return false;
  const isSame = (from: unknown, to: unknown) =>
    place.name === 'enum'
      ? isDeepStrictEqual(from, to)
      : areEquivalent([from, to], { ...place, isMap: false }, documents);
  if (!SETS.has(place.name)) return before.every((element, index) => isSame(element, after[index]));
  const unpaired = [...after];
  return before.every((element) => {
    const index = unpaired.findIndex((other) => isSame(element, other));
    return index >= 0 && unpaired.splice(index, 1).length === 1;
  });
}

/** Returns an object in the one form that all objects with its meaning have, as far as its own members go. */
function simplify(value: JsonObject, document: JsonObject): JsonObject {
  const members = Object.entries(distributeParameters(value, document)).filter(
    ([name, member]) => !isWords(name) && !isDefault(name, member, value),
  );
  const object = Object.fromEntries(members.map(([name, member]) => simplifyMember(name, member)));
  const [only, ...others] = asArray(object.allOf);
  if (Object.keys(object).length === 1 && only !== undefined && others.length === 0) {
    return simplify(asObject(resolve(only, document)), document);
  }
  return simplifyNullable(object);
}

function simplifyMember(name: string, value: unknown): [name: string, value: unknown] {
  if (name === 'const') return ['enum', [value]];
  return name === 'type' && Array.isArray(value) && value.length === 1 ? [name, value[0]] : [name, value];
}

/** Returns `type: [string, "null"]` for a choice between a string and null. */
function simplifyNullable(object: JsonObject): JsonObject {
  const { anyOf, oneOf, ...others } = object;
  const choices = asArray(anyOf ?? oneOf).map(asObject);
  const isNull = ({ type, ...rest }: JsonObject) => type === 'null' && Object.keys(rest).every(isWords);
  const [schema, ...rest] = choices.filter((choice) => !isNull(choice));
  const isSimple =
    choices.length === 2 && schema !== undefined && rest.length === 0 && Object.keys(others).length === 0;
  if (!isSimple || typeof schema.type !== 'string' || Object.keys(schema).some((name) => RESTRICTS_NULL.has(name))) {
    return object;
  }
  return {
    ...Object.fromEntries(Object.entries(schema).filter(([name]) => !isWords(name))),
    type: [schema.type, 'null'],
  };
}

// Members that values of all types must satisfy.
const RESTRICTS_NULL = new Set(['$ref', 'allOf', 'anyOf', 'const', 'else', 'enum', 'if', 'not', 'oneOf', 'then']);

/** Returns whether a member says what is true without it. */
function isDefault(name: string, value: unknown, { in: location, style }: JsonObject): boolean {
  if (DEFAULTS.has(name)) return DEFAULTS.get(name) === value;
  const standard = location === 'query' || location === 'cookie' ? 'form' : 'simple';
  if (typeof location !== 'string') return false;
  return name === 'style' ? value === standard : name === 'explode' && value === ((style ?? standard) === 'form');
}

/** Returns a path item whose parameters are those of each operation. */
function distributeParameters(value: JsonObject, document: JsonObject): JsonObject {
  const { parameters, ...item } = value;
  const methods = METHODS.filter((method) => isObject(item[method]));
  if (!Array.isArray(parameters) || methods.length === 0) return value;
  const identify = (parameter: unknown) => {
    const { in: location, name } = asObject(resolve(parameter, document));
    return `${location} ${name}`;
  };
  const operations = methods.map((method) => {
    const operation = asObject(item[method]);
    const own = asArray(operation.parameters);
    const names = new Set(own.map(identify));
    const inherited = parameters.filter((parameter) => !names.has(identify(parameter)));
    return [method, { ...operation, parameters: [...own, ...inherited] }];
  });
  return { ...item, ...Object.fromEntries(operations) };
}
