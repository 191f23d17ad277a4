import type { JsonSchema } from '@firstofficer/openapi';
import fc, { type Arbitrary } from 'fast-check';
import { isObject } from '../schema/json.ts';
import type { SchemaViolation, Validator } from '../schema/validation.ts';
import { type AnySchema, listAlternatives } from './alternatives.ts';
import { FORMATS, type Format } from './formats.ts';
import { toText } from './places.ts';

/** What the values are for. */
export interface Generation {
  readonly validator: Validator;
  /** `request` for bodies, which have types. `text` for parameters and forms, in which every value is text. */
  readonly use: 'request' | 'text';
}

/** Returns the violations of a generated value. */
export function listViolations({ validator, use }: Generation, schema: JsonSchema, value: unknown): SchemaViolation[] {
  return use === 'text'
    ? validator.validateText(schema, toText(value), '')
    : validator.validateRequest(schema, value, '');
}

/** Returns whether a generated value conforms to a schema. */
export function isValid(generation: Generation, schema: AnySchema, value: unknown): boolean {
  if (typeof schema === 'boolean') return schema;
  return listViolations(generation, schema, value).length === 0;
}

// At least one of this many values must be valid. Otherwise filtering could take forever.
const DRAFTS = 100;

/**
 * Returns an arbitrary of valid values, or undefined if none is found.
 *
 * @param style - `simple` for text of ASCII letters. Default: any characters.
 */
export function createArbitrary(
  schema: JsonSchema,
  generation: Generation,
  style: 'random' | 'simple' = 'random',
): Arbitrary<unknown> | undefined {
  const key = `${generation.use} ${style}`;
  const known = arbitraries.get(schema) ?? new Map<string, Arbitrary<unknown> | undefined>();
  arbitraries.set(schema, known);
  if (!known.has(key)) known.set(key, createValidArbitrary(schema, generation, style));
  return known.get(key);
}

// Some arbitraries of text take milliseconds to create.
const arbitraries = new WeakMap<JsonSchema, Map<string, Arbitrary<unknown> | undefined>>();

function createValidArbitrary(
  schema: JsonSchema,
  generation: Generation,
  style: 'random' | 'simple',
): Arbitrary<unknown> | undefined {
  const values = createBuilder(generation, style).build(schema, 0);
  // Validation covers keywords that the generator does not know.
  const accept = (value: unknown) => isValid(generation, schema, value);
  if (!values || !fc.sample(values, { numRuns: DRAFTS, seed: 1 }).some(accept)) return undefined;
  return values.filter(accept);
}

/**
 * Returns an ordinary valid value with all optional members: examples and defaults of the schema where there are some, and
 * short texts and small numbers elsewhere. Returns undefined if no valid value is found.
 */
export function createPlainValue(schema: JsonSchema, generation: Generation): unknown {
  return listPlainValues(schema, generation)[0];
}

/** Returns an ordinary valid value of each branch of a schema. */
export function listPlainValues(schema: JsonSchema, generation: Generation): unknown[] {
  const plain = createBuilder(generation, 'plain');
  const drafts = plain.list(schema, 0).map(({ values }) => draw(values));
  const valid = drafts.filter((value) => isValid(generation, schema, value));
  if (valid.length > 0) return valid;
  const random = createArbitrary(schema, generation, 'simple');
  return random ? [draw(random)] : [];
}

function draw<T>(values: Arbitrary<T>): T | undefined {
  return fc.sample(values, { numRuns: 1, seed: 1 })[0];
}

// Below this depth, values have no optional members, and lists no items.
const MAX_OPTIONAL_DEPTH = 6;
// Some recursive schemas allow only endless values.
const MAX_DEPTH = 12;
// Only recursive schemas still have references. They get fewer levels.
const DEPTH_OF_REFERENCE = 2;
// Long enough to find servers that truncate values. Other test cases send values at the limits.
const LONGEST_TEXT = 80;
const LONGEST_LIST = 3;

interface Branch {
  readonly alternative: JsonSchema;
  readonly values: Arbitrary<unknown>;
}

interface Builder {
  /** Returns values of a schema, or undefined if the builder knows none. Some may be invalid. */
  build(schema: AnySchema, depth: number): Arbitrary<unknown> | undefined;
  /** Returns values of each alternative of a schema. */
  list(schema: AnySchema, depth: number): Branch[];
}

/** Creates a builder of arbitraries: random ones, or plain ones, which have one value each. */
function createBuilder(generation: Generation, style: 'plain' | 'simple' | 'random'): Builder {
  const isPlain = style === 'plain';
  // Plain dates follow each other, because the second one is often the end of a period.
  let dates = 0;

  function build(schema: AnySchema, depth: number): Arbitrary<unknown> | undefined {
    if (isPlain && isObject(schema)) {
      const example = findExample(schema);
      if (example !== undefined) return fc.constant(example);
    }
    const branches = list(schema, depth);
    const [first] = branches;
    if (!first || branches.length === 1) return first?.values;
    if (!isPlain) return fc.oneof(...branches.map(({ values }) => values));
    return (branches.find(({ values }) => isValid(generation, schema, draw(values))) ?? first).values;
  }

  function list(schema: AnySchema, from: number): Branch[] {
    const depth = isObject(schema) && '$ref' in schema ? from + DEPTH_OF_REFERENCE : from;
    if (depth > MAX_DEPTH) return [];
    return listAlternatives(schema, generation.validator.document).flatMap((alternative) => {
      const values = buildAlternative(alternative, depth);
      return values ? [{ alternative, values }] : [];
    });
  }

  function findExample(schema: JsonSchema): unknown {
    const { example, examples, default: preset } = schema;
    return [example, ...(Array.isArray(examples) ? examples : []), preset].find(
      (value) => value !== undefined && value !== null && isValid(generation, schema, value),
    );
  }

  function buildAlternative(schema: JsonSchema, depth: number): Arbitrary<unknown> | undefined {
    const { const: constant, enum: choices } = schema;
    if (constant !== undefined) return fc.constant(constant);
    if (Array.isArray(choices)) {
      if (choices.length === 0) return undefined;
      return isPlain ? fc.constant(choices.find((choice) => choice !== null) ?? null) : fc.constantFrom(...choices);
    }
    const types = listTypes(schema).filter((type) => type !== 'null' || generation.use === 'request');
    const typed = types.flatMap((type) => buildTyped(type, schema, depth) ?? []);
    if (typed.length < 2) return typed[0];
    return isPlain ? typed[0] : fc.oneof(...typed);
  }

  function buildTyped(type: string, schema: JsonSchema, depth: number): Arbitrary<unknown> | undefined {
    switch (type) {
      case 'object':
        return buildObject(schema, depth);
      case 'array':
        return buildList(schema, depth);
      case 'integer':
      case 'number':
        return isPlain
          ? findPlainNumber(schema, type)
          : type === 'integer'
            ? createIntegers(schema)
            : createNumbers(schema);
      case 'boolean':
        return isPlain ? fc.constant(true) : fc.boolean();
      case 'null':
        return fc.constant(null);
      default:
        return buildText(schema);
    }
  }

  function buildText(schema: JsonSchema): Arbitrary<string> | undefined {
    const { pattern, format, contentEncoding } = schema as Readonly<Record<string, string | undefined>>;
    const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = schema as Readonly<Record<string, number>>;
    const fits = (text: string) => [...text].length >= minLength && [...text].length <= maxLength;
    if (pattern !== undefined) {
      const found = createMatching(pattern)?.filter((text) => !/^\s|\s$/.test(text));
      const isPossible = found && fc.sample(found, { numRuns: DRAFTS, seed: 1 }).some(fits);
      return isPossible ? found.filter(fits) : found;
    }
    const known = FORMATS[contentEncoding === 'base64' ? 'byte' : (format ?? '')];
    if (known) {
      if (!isPlain) return createRandomText(known);
      const isDate = format === 'date' || format === 'date-time';
      return fc.constant(known.plain(isDate ? dates++ : 0));
    }
    if (isPlain)
      return fc.constant('text'.padEnd(minLength, 'x').slice(0, Math.max(minLength, Math.min(maxLength, 4))));
    const size = { minLength, maxLength: Math.max(minLength, Math.min(maxLength, LONGEST_TEXT)) };
    if (style === 'simple')
      return fc.string({ ...size, unit: letter, minLength: Math.max(minLength, Math.min(maxLength, 3)) });
    return fc.oneof(fc.string({ ...size, unit: anyCharacter }), fc.string({ ...size, unit: 'grapheme-ascii' }));
  }

  function buildList(schema: JsonSchema, depth: number): Arbitrary<unknown[]> | undefined {
    const { minItems = 0, maxItems = Number.POSITIVE_INFINITY } = schema as Readonly<Record<string, number>>;
    const { minContains = 1 } = schema as Readonly<Record<string, number>>;
    const { prefixItems = [], items = true, contains, uniqueItems } = schema as Readonly<Record<string, AnySchema>>;
    const isDeep = depth >= MAX_OPTIONAL_DEPTH;
    const first = [
      ...(prefixItems as unknown as readonly AnySchema[]),
      ...(contains === undefined ? [] : Array<AnySchema>(minContains).fill({ allOf: [items, contains] })),
    ].map((item) => build(item, depth + 1));
    if (first.includes(undefined)) return minItems === 0 && contains === undefined ? fc.constant([]) : undefined;
    const start = fc.tuple(...first.filter((item) => item !== undefined));
    const count = { least: Math.max(0, minItems - first.length), most: Math.max(0, maxItems - first.length) };
    const item = isDeep && count.least === 0 ? undefined : build(items, depth + 1);
    if (!item || count.most === 0) return count.least === 0 ? start : undefined;
    const least = isPlain && first.length === 0 ? Math.max(count.least, 1) : count.least;
    const most = isPlain ? least : Math.min(count.most, count.least + LONGEST_LIST);
    const size = { minLength: least, maxLength: most };
    const rest = uniqueItems
      ? fc.uniqueArray(least > 1 && isPlain ? (randomItems(items, depth) ?? item) : item, {
          ...size,
          selector: (value) => JSON.stringify(value),
        })
      : fc.array(item, size);
    return fc.tuple(start, rest).map(([one, other]) => [...one, ...other]);
  }

  /** A plain arbitrary has only one value, so a list of different items needs random ones. */
  function randomItems(items: AnySchema, depth: number): Arbitrary<unknown> | undefined {
    return createBuilder(generation, 'simple').build(items, depth + 1);
  }

  function buildObject(schema: JsonSchema, depth: number): Arbitrary<Record<string, unknown>> | undefined {
    const { properties = {}, dependentRequired = {} } = schema as Readonly<
      Record<string, Readonly<Record<string, AnySchema>>>
    >;
    const { required = [] } = schema as { readonly required?: readonly string[] };
    const { minProperties = 0, maxProperties = Number.POSITIVE_INFINITY } = schema as Readonly<Record<string, number>>;
    const names = [...new Set([...Object.keys(properties), ...required])].filter(
      (name) => !isReadOnly(properties[name]),
    );
    const dependents = Object.values(dependentRequired).flat() as unknown as readonly string[];
    const isRequired = (name: string) => required.includes(name) || dependents.includes(name);
    const needsOptional = required.length < minProperties;
    const model: Record<string, Arbitrary<unknown>> = {};
    for (const name of names) {
      if (!isRequired(name) && depth >= MAX_OPTIONAL_DEPTH && !needsOptional) continue;
      const member = build(properties[name] ?? findPatternSchema(schema, name), depth + 1);
      if (member) model[name] = member;
      else if (required.includes(name)) return undefined;
    }
    const known = Object.keys(model);
    const optional = known.filter((name) => !isRequired(name));
    const surplus = isPlain ? Math.max(0, known.length - maxProperties) : 0;
    const left = optional.slice(optional.length - surplus);
    const kept = known.filter((name) => !left.includes(name));
    const members = fc.record(Object.fromEntries(kept.map((name) => [name, model[name] ?? fc.constant(null)])), {
      requiredKeys: isPlain ? kept : kept.filter(isRequired),
      noNullPrototype: true,
    });
    const missing = Math.max(0, minProperties - kept.length);
    const describesMembers = isObject(schema.additionalProperties) || schema.patternProperties !== undefined;
    const isMap = kept.length === 0 && depth < MAX_OPTIONAL_DEPTH && describesMembers;
    const extra = buildExtraMembers(schema, depth, {
      minKeys: isPlain && isMap && maxProperties > 0 ? Math.max(missing, 1) : missing,
      maxKeys: isPlain ? Math.max(missing, isMap ? 1 : 0) : missing + (isMap ? LONGEST_LIST : 0),
    });
    return extra ? fc.tuple(extra, members).map(([more, own]) => ({ ...more, ...own })) : members;
  }

  /** Returns members that the schema does not name, such as those of a map. */
  function buildExtraMembers(
    schema: JsonSchema,
    depth: number,
    size: { readonly minKeys: number; readonly maxKeys: number },
  ): Arbitrary<Record<string, unknown>> | undefined {
    const {
      patternProperties = {},
      additionalProperties,
      propertyNames,
    } = schema as Readonly<Record<string, AnySchema>>;
    const [pattern] = Object.entries(patternProperties);
    const isOpen = isObject(additionalProperties) || (size.minKeys > 0 && additionalProperties !== false);
    if (size.maxKeys === 0 || !(pattern || isOpen)) return undefined;
    const names = pattern
      ? createMatching(pattern[0])
      : isObject(propertyNames)
        ? (build({ type: 'string', ...propertyNames }, depth + 1) as Arbitrary<string> | undefined)
        : fc.stringMatching(/^[a-z]{1,8}$/);
    const values = build((pattern?.[1] as AnySchema | undefined) ?? additionalProperties ?? true, depth + 1);
    return names && values && fc.dictionary(names, values, { ...size, noNullPrototype: true });
  }

  return { build, list };
}

/** Returns whether requests should not have a member. */
export function isReadOnly(schema: AnySchema | undefined): boolean {
  if (!isObject(schema)) return false;
  const { allOf = [] } = schema as { readonly allOf?: readonly AnySchema[] };
  return schema.readOnly === true || allOf.some(isReadOnly);
}

function findPatternSchema({ patternProperties = {}, additionalProperties }: JsonSchema, name: string): AnySchema {
  const matching = Object.entries(patternProperties as Readonly<Record<string, AnySchema>>).find(([pattern]) =>
    createRegExp(pattern)?.test(name),
  );
  return matching?.[1] ?? (additionalProperties as AnySchema | undefined) ?? true;
}

const KEYWORDS_OF_TYPES: Readonly<Record<string, readonly string[]>> = {
  object: ['properties', 'required', 'additionalProperties', 'patternProperties', 'minProperties', 'propertyNames'],
  array: ['items', 'prefixItems', 'minItems', 'maxItems', 'uniqueItems', 'contains'],
  number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
};

/** Returns the types of a schema. If it names none, its other keywords imply one. */
function listTypes(schema: JsonSchema): string[] {
  const named = [schema.type ?? []].flat() as string[];
  if ('type' in schema) return [...named.filter((type) => type !== 'null'), ...named.filter((type) => type === 'null')];
  const implied = Object.entries(KEYWORDS_OF_TYPES).find(([, keywords]) =>
    keywords.some((keyword) => keyword in schema),
  );
  return [implied?.[0] ?? 'string'];
}

/** The limits of a number. */
interface NumberLimits {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
}

/** Returns the smallest ordinary number that a schema allows. */
function findPlainNumber(schema: NumberLimits, type: string): Arbitrary<number> | undefined {
  const { multipleOf = type === 'integer' ? 1 : 0 } = schema;
  const [least, most] = findLimits(schema, INT32 * (multipleOf || 1));
  const multiples = multipleOf === 0 ? [] : [Math.max(1, Math.ceil(least / multipleOf)), Math.floor(most / multipleOf)];
  const candidates = [
    1,
    ...multiples.map((count) => roundNumber(count * multipleOf)),
    least,
    (least + most) / 2,
    most,
    0,
  ];
  const found = candidates.find((value) => isInRange(schema, value) && isMultiple(value, multipleOf));
  return found === undefined ? undefined : fc.constant(found);
}

function isInRange(schema: NumberLimits, value: number): boolean {
  const { exclusiveMinimum = Number.NEGATIVE_INFINITY, exclusiveMaximum = Number.POSITIVE_INFINITY } = schema;
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = schema;
  return value >= minimum && value <= maximum && value > exclusiveMinimum && value < exclusiveMaximum;
}

function isMultiple(value: number, factor: number): boolean {
  return factor === 0 || Math.abs(value / factor - Math.round(value / factor)) < 1e-9;
}

/** Rounds away what binary fractions add: 3 * 0.05 is 0.15000000000000002. */
export function roundNumber(value: number): number {
  return Number(value.toPrecision(14));
}

// The default range of integers if a schema has no limits.
const INT32 = 2 ** 31 - 1;

function createIntegers(schema: NumberLimits): Arbitrary<number> | undefined {
  const { multipleOf = 1 } = schema;
  // The whole multiples of a fraction need the next larger factor.
  const factor = Number.isInteger(multipleOf) ? multipleOf : 1;
  return createMultiples(schema, factor);
}

function createNumbers(schema: NumberLimits): Arbitrary<number> | undefined {
  if (schema.multipleOf !== undefined) return createMultiples(schema, schema.multipleOf);
  const [min, max] = findLimits(schema, 1e9);
  return min <= max
    ? fc.double({ min, max, noNaN: true }).map((value) => (Object.is(value, -0) ? 0 : value))
    : undefined;
}

function createMultiples(schema: NumberLimits, factor: number): Arbitrary<number> | undefined {
  const [least, most] = findLimits(schema, INT32 * factor);
  const [min, max] = [Math.ceil(least / factor), Math.floor(most / factor)];
  const isDrawable = min <= max && [min, max].every(Number.isSafeInteger);
  return isDrawable ? fc.integer({ min, max }).map((count) => roundNumber(count * factor)) : undefined;
}

/** Returns the limits of a number. Missing or distant limits are restricted to the range. */
function findLimits(schema: NumberLimits, range: number): [least: number, most: number] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  const least = Math.max(...[minimum, exclusiveMinimum].filter((limit) => limit !== undefined));
  const most = Math.min(...[maximum, exclusiveMaximum].filter((limit) => limit !== undefined));
  const floor = most < -range ? most - range : -range;
  const ceiling = least > range ? least + range : range;
  return [Math.max(least, floor), Math.min(most, ceiling)];
}

const randomTexts = new Map<Format, Arbitrary<string>>();

function createRandomText(format: Format): Arbitrary<string> {
  const known = randomTexts.get(format) ?? format.random();
  randomTexts.set(format, known);
  return known;
}

const matching = new Map<string, Arbitrary<string> | undefined>();

function createMatching(pattern: string): Arbitrary<string> | undefined {
  if (!matching.has(pattern)) matching.set(pattern, createMatchingText(pattern));
  return matching.get(pattern);
}

function createMatchingText(pattern: string): Arbitrary<string> | undefined {
  for (const flags of ['u', '']) {
    try {
      return fc.stringMatching(new RegExp(pattern, flags));
    } catch {
      // Some patterns have escapes that Unicode mode rejects, or assertions that fast-check cannot generate.
    }
  }
  return undefined;
}

/** Returns a regular expression, or undefined if the pattern is none. */
export function createRegExp(pattern: string): RegExp | undefined {
  for (const flags of ['u', '']) {
    try {
      return new RegExp(pattern, flags);
    } catch {
      // Some patterns have escapes that Unicode mode rejects.
    }
  }
  return undefined;
}

const letter = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz');

const LAST_CHARACTER = 0x10ffff;
const SURROGATES = { first: 0xd800, count: 0x800 };

/** Generates any Unicode character. The similar unit of fast-check takes most of a second to initialize. */
export const anyCharacter: Arbitrary<string> = fc
  .integer({ min: 0, max: LAST_CHARACTER - SURROGATES.count })
  .map((n) => String.fromCodePoint(n < SURROGATES.first ? n : n + SURROGATES.count));
