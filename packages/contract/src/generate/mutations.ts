import type { JsonSchema } from '@firstofficer/openapi';
import fc from 'fast-check';
import { isObject } from '../schema/json.ts';
import { type AnySchema, listAlternatives } from './alternatives.ts';
import { FORMATS } from './formats.ts';
import { omitMembers } from './places.ts';
import { createArbitrary, createPlainValue, type Generation, isValid, roundNumber } from './schema-values.ts';
import { listMissingMembers } from './visit-schema.ts';

/** A valid value and one schema that applies to it. */
export interface MutationSite {
  readonly value: unknown;
  readonly schema: JsonSchema;
  /** All schemas that apply to the value. */
  readonly schemas: readonly JsonSchema[];
  readonly generation: Generation;
  /** Whether the value is not within another value. */
  readonly isWhole: boolean;
}

/** An invalid value in place of the valid one. */
interface Mutation {
  /** What was changed, such as `61 characters`. Of several values with the same detail, only the first is used. */
  readonly detail: string;
  readonly value: unknown;
  /** Servers may accept the value for a good reason. */
  readonly isDisputed?: boolean;
}

type Mutate = (site: MutationSite) => Iterable<Mutation>;

// Servers reject longer URLs because of their length.
const LONGEST_IN_URL = 8192;
const LONGEST = 20_000;
const LONGEST_LIST = 1000;

/**
 * For each keyword, values that violate it and, if possible, nothing else. The caller keeps only those for which the
 * validator reports exactly that keyword, so a function may return values that turn out to be valid.
 */
const MUTATIONS: Readonly<Record<string, Mutate>> = {
  *required({ value, schema }) {
    if (!isObject(value)) return;
    for (const name of schema.required as readonly string[]) {
      yield { detail: `without ${name}`, value: omitMembers(value, [name]) };
    }
  },
  *type({ value, generation: { use }, schema, isWhole }) {
    if (use === 'text') {
      if (typeof value === 'object') return;
      yield { detail: 'a word', value: 'no-such-value' };
      if (typeof value === 'number') yield { detail: 'a fraction', value: '1.5' };
      return;
    }
    if (typeof value === 'string') yield { detail: 'a number', value: 7 };
    if (typeof value === 'number') {
      yield { detail: 'a number as text', value: String(value) };
      yield { detail: 'a fraction', value: roundNumber(value + 0.5) };
    }
    if (typeof value === 'boolean') yield { detail: 'a boolean as text', value: String(value) };
    if (Array.isArray(value)) yield { detail: 'one item instead of a list', value: value[0] ?? 'text' };
    if (isObject(value)) {
      yield { detail: 'a list', value: [] };
      yield { detail: 'text', value: 'text' };
      if (isWhole) yield { detail: 'a list of one', value: [value] };
    }
    if (![schema.type].flat().includes('null')) yield { detail: 'null', value: null };
  },
  *enum({ value, schema }) {
    const choices = schema.enum as readonly unknown[];
    yield* listNeighbours(value, choices);
  },
  *const({ value, schema }) {
    yield* listNeighbours(value, [schema.const]);
  },
  *minimum({ schemas, schema }) {
    const value = Number(schema.minimum);
    yield createLimit(value - findStep(schemas, value));
  },
  *maximum({ schemas, schema }) {
    const value = Number(schema.maximum);
    yield createLimit(value + findStep(schemas, value));
  },
  *exclusiveMinimum({ schema }) {
    yield createLimit(Number(schema.exclusiveMinimum));
  },
  *exclusiveMaximum({ schema }) {
    yield createLimit(Number(schema.exclusiveMaximum));
  },
  *multipleOf({ value, schema: { multipleOf } }) {
    if (typeof value !== 'number') return;
    for (const step of [Number(multipleOf) / 2, 1, -1, -Number(multipleOf) / 2]) {
      yield { detail: 'between two multiples', value: roundNumber(value + step) };
    }
  },
  *minLength({ value, schema, generation: { use } }) {
    const length = Number(schema.minLength) - 1;
    if (typeof value !== 'string' || length > (use === 'text' ? LONGEST_IN_URL : LONGEST)) return;
    const detail = formatCount(length, 'character');
    yield { detail, value: [...value].slice(0, length).join('') };
    yield { detail, value: 'x'.repeat(Math.max(0, length)) };
  },
  *maxLength({ value, schema, generation: { use }, isWhole }) {
    const limit = Number(schema.maxLength);
    if (typeof value !== 'string' || limit > (use === 'text' ? LONGEST_IN_URL : LONGEST)) return;
    const missing = limit + 1 - [...value].length;
    const detail = formatCount(limit + 1, 'character');
    for (const text of ['x'.repeat(limit + 1), value + 'x'.repeat(missing), 'x'.repeat(missing) + value]) {
      yield { detail, value: text };
    }
    const last = [...value].at(-1) ?? 'x';
    yield { detail, value: value + last.repeat(missing) };
    yield { detail: 'too many characters, in combining pairs', value: 'e\u0301'.repeat(Math.ceil((limit + 1) / 2)) };
    if (use !== 'text' || !isWhole) return;
    yield { detail: 'one character of two bytes too many', value: 'é'.repeat(limit + 1) };
    yield { detail: 'twice as many characters', value: 'x'.repeat(limit * 2) };
    yield { detail: '8,192 characters', value: 'x'.repeat(LONGEST_IN_URL) };
  },
  *pattern({ value }) {
    if (typeof value !== 'string') return;
    const characters = [...value];
    for (const other of ['!', 'x', '0', ' ']) {
      for (const index of characters.keys()) {
        yield { detail: 'another character', value: characters.with(index, other).join('') };
      }
    }
    for (const text of [value.toLowerCase(), value.toUpperCase()]) yield { detail: 'another letter case', value: text };
    const first = characters[0] ?? 'x';
    for (const prefix of ['!', first, 'x', '0']) yield { detail: 'a character before', value: prefix + value };
    for (const suffix of ['!', characters.at(-1) ?? 'x', 'x', '0']) {
      yield { detail: 'a character after', value: value + suffix };
    }
    // In many languages, `$` also matches before a line break at the end.
    yield { detail: 'a line break at the end', value: `${value}\n`, isDisputed: true };
  },
  *format({ schema }) {
    const { invalid = {}, disputed = {} } = FORMATS[String(schema.format)] ?? {};
    for (const [detail, value] of Object.entries(invalid)) yield { detail, value };
    for (const [detail, value] of Object.entries(disputed)) yield { detail, value, isDisputed: true };
  },
  additionalProperties: addUnknownMember,
  unevaluatedProperties: addUnknownMember,
  *propertyNames({ value }) {
    if (!isObject(value)) return;
    const [member = 'text'] = Object.values(value);
    for (const name of ['!', 'not a name', 'X', '', 'x'.repeat(300)]) {
      yield { detail: 'another name', value: { ...value, [name]: member } };
    }
  },
  *items({ value, schema }) {
    if (Array.isArray(value) && schema.items === false) {
      yield { detail: 'an additional item', value: [...value, value.at(-1) ?? 'text'] };
    }
  },
  *contains({ value, schema, generation }) {
    if (!Array.isArray(value)) return;
    const others = value.filter((item) => !isValid(generation, schema.contains as JsonSchema, item));
    const detail = 'without the items that it must contain';
    yield { detail, value: others };
    for (const item of others) yield { detail, value: value.map(() => item) };
    for (const item of sampleItems(schema, 20, generation)) yield { detail, value: value.map(() => item) };
  },
  *minItems({ value, schema }) {
    const count = Number(schema.minItems) - 1;
    if (Array.isArray(value)) yield { detail: formatCount(count, 'item'), value: value.slice(0, Math.max(0, count)) };
  },
  *maxItems({ value, schema, schemas, generation }) {
    const count = Number(schema.maxItems) + 1;
    if (!Array.isArray(value) || count > LONGEST_LIST) return;
    const detail = formatCount(count, 'item');
    const missing = count - value.length;
    if (value.length > 0) yield { detail, value: [...value, ...Array<unknown>(missing).fill(value[0])] };
    for (const one of schemas) {
      const items = sampleItems(one, count * 3, generation);
      const different = [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
      yield { detail, value: different.slice(0, count) };
    }
  },
  *uniqueItems({ value, schemas, generation }) {
    if (!Array.isArray(value)) return;
    const detail = 'an item twice';
    const [first] = value;
    if (first !== undefined) {
      yield { detail, value: [...value, first] };
      yield { detail, value: [...value.slice(0, -1), first] };
    }
    for (const one of schemas)
      for (const item of sampleItems(one, 1, generation)) yield { detail, value: [item, item] };
  },
  *minProperties({ value, schema }) {
    const count = Number(schema.minProperties) - 1;
    if (!isObject(value)) return;
    yield { detail: formatCount(count, 'member'), value: Object.fromEntries(Object.entries(value).slice(0, count)) };
  },
  *maxProperties({ value, schema, schemas, generation }) {
    if (!isObject(value)) return;
    const count = Number(schema.maxProperties) + 1;
    if (count > LONGEST_LIST) return;
    let larger = value;
    for (const [name, member] of listMissingMembers(value, schemas)) {
      if (Object.keys(larger).length < count && isObject(member)) {
        larger = { ...larger, [name]: createPlainValue(member, generation) };
      }
    }
    const [member = 'text'] = Object.values(value);
    for (let index = 1; Object.keys(larger).length < count; index += 1) larger = { ...larger, [`x_${index}`]: member };
    yield { detail: formatCount(count, 'member'), value: larger };
  },
  *dependentRequired({ value, schema, schemas, generation }) {
    if (!isObject(value)) return;
    const missing = new Map(listMissingMembers(value, schemas));
    const dependents = schema.dependentRequired as Readonly<Record<string, readonly string[]>>;
    for (const [trigger, names] of Object.entries(dependents)) {
      const member = missing.get(trigger);
      const added = isObject(member) ? { [trigger]: createPlainValue(member, generation) } : {};
      for (const name of names) {
        yield { detail: `${trigger} without ${name}`, value: { ...omitMembers(value, [name]), ...added } };
      }
    }
  },
  *not({ value, schema: { not }, generation }) {
    if (!isObject(not)) return;
    const refused = createPlainValue(not, generation);
    const detail = 'a value that must not be';
    if (isObject(refused) && isObject(value)) yield { detail, value: { ...value, ...refused } };
    if (refused !== undefined) yield { detail, value: refused };
  },
  oneOf: (site) => changeBranch(site, 'oneOf'),
  anyOf: (site) => changeBranch(site, 'anyOf'),
};

// Keywords that make sense for text. Any text is a string, lists and objects have no text of another type, and most servers
// ignore query parameters that they do not know.
const TEXT_KEYWORDS = [
  ...['type', 'enum', 'const', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  ...[
    'minLength',
    'maxLength',
    'pattern',
    'format',
    'required',
    'minItems',
    'maxItems',
    'uniqueItems',
    'contains',
    'not',
  ],
];

/** Returns the values that violate a keyword of a schema. Some may be valid. */
export function listMutations(site: MutationSite, keyword: string): Mutation[] {
  if (site.generation.use === 'text' && !TEXT_KEYWORDS.includes(keyword)) return [];
  const mutate = Object.hasOwn(MUTATIONS, keyword) ? MUTATIONS[keyword] : undefined;
  return mutate ? [...mutate(site)] : [];
}

function* listNeighbours(value: unknown, choices: readonly unknown[]): Generator<Mutation> {
  if (typeof value === 'string') {
    for (const text of [value.toUpperCase(), value.toLowerCase()]) yield { detail: 'another letter case', value: text };
    yield { detail: 'another word', value: 'no-such-value' };
  }
  if (typeof value === 'boolean') yield { detail: 'the other value', value: !value };
  if (typeof value === 'number') {
    const numbers = choices.filter((choice) => typeof choice === 'number');
    yield { detail: 'another number', value: Math.max(...numbers) + 1 };
  }
}

function createLimit(value: number): Mutation {
  const rounded = roundNumber(value);
  return { detail: String(rounded), value: rounded };
}

/** Returns the smallest difference of two numbers that the schemas allow. */
function findStep(schemas: readonly JsonSchema[], limit: number): number {
  const factor = schemas.map(({ multipleOf }) => multipleOf).find((one) => typeof one === 'number');
  if (factor !== undefined) return factor;
  return schemas.some(({ type }) => [type].flat().includes('integer')) ? 1 : Math.max(0.01, Math.abs(limit) * 1e-9);
}

function formatCount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function* addUnknownMember({ value, schema, generation }: MutationSite): Generator<Mutation> {
  if (!isObject(value)) return;
  yield { detail: 'an unknown member', value: { ...value, x_unknown: 1 } };
  for (const { properties = {} } of listAlternatives(schema, generation.validator.document)) {
    const members = Object.entries(properties as Readonly<Record<string, AnySchema>>);
    // The last members are those of the branch.
    const [name, member] = members.findLast(([one]) => !Object.hasOwn(value, one)) ?? [];
    if (name === undefined || !isObject(member)) continue;
    yield { detail: `${name} of another branch`, value: { ...value, [name]: createPlainValue(member, generation) } };
  }
}

function sampleItems({ items }: JsonSchema, count: number, generation: Generation): unknown[] {
  const values = isObject(items) ? createArbitrary(items, generation, 'simple') : undefined;
  return values ? fc.sample(values, { numRuns: count, seed: 1 }) : [];
}

/** Returns values that fit no branch: with an unknown or missing tag, with the tag of another branch, or of another type. */
function* changeBranch({ value, schema, generation }: MutationSite, keyword: 'oneOf' | 'anyOf'): Generator<Mutation> {
  const branches = (schema[keyword] as readonly unknown[]).filter(isObject);
  const others = branches
    .filter((branch) => !isValid(generation, branch, value))
    .flatMap((branch) => createPlainValue(branch, generation) ?? []);
  if (isObject(value)) {
    const tag = isObject(schema.discriminator) ? String(schema.discriminator.propertyName) : undefined;
    if (tag !== undefined) {
      yield { detail: `an unknown ${tag}`, value: { ...value, [tag]: 'no-such-value' } };
      yield { detail: `without ${tag}`, value: omitMembers(value, [tag]) };
      for (const other of others) {
        if (isObject(other) && tag in other && other[tag] !== value[tag])
          yield { detail: `the ${tag} of another branch`, value: { ...value, [tag]: other[tag] } };
      }
    }
    for (const other of others) {
      if (isObject(other)) yield { detail: 'the members of two branches', value: { ...other, ...value } };
    }
  }
  for (const other of ['text', 7, []]) yield { detail: 'another type', value: other };
}
