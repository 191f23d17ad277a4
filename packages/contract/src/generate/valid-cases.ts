import type { JsonSchema } from '@firstofficer/openapi';
import { isObject } from '../schema/json.ts';
import { FORMATS } from './formats.ts';
import type { GeneratedCase } from './invalid-cases.ts';
import { formatPlace, omitMembers, replaceAt } from './places.ts';
import { renewText, renewValue } from './renew.ts';
import { createPlainValue, type Generation, isValid, listPlainValues, roundNumber } from './schema-values.ts';
import { listMissingMembers, listPlaces, type VisitedPlace } from './visit-schema.ts';

/** A valid value at a limit of its schema or with another choice, and values to compare it with if a server refuses it. */
export interface ValidCase extends GeneratedCase {
  /** Whether servers may refuse the value for a good reason. */
  readonly isDisputed: boolean;
  /** Whether the value is the largest number, such as an amount of money, of which a server may not have so much. */
  readonly isLargest: boolean;
  /** Returns the valid value that was changed, with other text. */
  createControl(number: number): unknown;
  /** Returns the value with other text elsewhere. */
  renew(number: number): unknown;
  /** Returns other values at the same limit or with the same choice. */
  listSimilar(nextNumber: () => number): unknown[];
  /**
   * Returns ordinary values of the same place. If a server refuses these too, the member has a rule of its own, such as
   * that it refers to something that exists.
   */
  listOrdinary(nextNumber: () => number): unknown[];
}

interface Choice {
  readonly keyword: string;
  /** The member that the choice is about. */
  readonly member?: string;
  readonly schema: JsonSchema;
  readonly detail: string;
  readonly value: unknown;
  readonly similar?: readonly unknown[];
  readonly ordinary?: readonly unknown[];
  readonly isDisputed?: boolean;
}

// Longer values may exceed the limits of URLs and of servers.
const LONGEST_TEXT = 8192;
const LONGEST_LIST = 100;
const MAX_CHOICES = 12;
// Servers treat the characters of all texts alike, so a few texts suffice.
const DEEP = 2;

/**
 * Returns valid values that differ from a valid value by one change: a limit of a keyword, another choice, an optional
 * member added or left out. Those at deeper places come last.
 */
export function listValidCases(schema: JsonSchema, base: unknown, generation: Generation): ValidCase[] {
  const cases = new Map<string, ValidCase>();
  const values = new Set([JSON.stringify(base)]);
  const visited = listPlaces(schema, base, generation).toSorted((a, b) => a.place.length - b.place.length);
  const add = (at: VisitedPlace, choice: Choice) => {
    const value = replaceAt(at.root, at.place, choice.value);
    const text = JSON.stringify(value);
    if (values.has(text) || !isValid(generation, schema, value)) return;
    const name = `${formatPlace(at.place)}: ${choice.detail}`;
    if (cases.has(name)) return;
    values.add(text);
    cases.set(name, createCase({ name, value, schema, generation }, at, choice));
  };
  const [whole] = visited;
  if (whole) {
    for (const [index, value] of listPlainValues(schema, generation).entries()) {
      add(whole, { keyword: 'oneOf', schema, detail: `branch ${index + 1}`, value });
    }
  }
  for (const at of visited) for (const choice of listChoices(at, generation)) add(at, choice);
  return [...cases.values()];
}

interface Draft {
  readonly name: string;
  readonly value: unknown;
  /** The schema of the whole value. */
  readonly schema: JsonSchema;
  readonly generation: Generation;
}

function createCase({ name, value, schema, generation }: Draft, at: VisitedPlace, choice: Choice): ValidCase {
  const { root, place } = at;
  const renew = (whole: unknown, number: number) => renewValue(schema, whole, { generation, number, keep: place });
  const filterValid = (candidates: readonly unknown[]) => candidates.filter((one) => isValid(generation, schema, one));
  const similar = choice.similar ?? [choice.value, choice.value];
  return {
    name,
    place,
    keyword: choice.keyword,
    value,
    specRef: [choice.schema, choice.keyword, ...(choice.member === undefined ? [] : [choice.member])],
    isDisputed: choice.isDisputed ?? false,
    isLargest: /^(exclusiveM|m)aximum$/.test(choice.keyword),
    createControl: (number) => renewValue(schema, root, { generation, number }),
    renew: (number) => renew(value, number),
    listSimilar: (nextNumber) =>
      filterValid([
        ...moveSiblings(at, choice.value),
        ...similar.map((one) => renew(replaceAt(root, place, one), nextNumber())),
      ]),
    listOrdinary: (nextNumber) =>
      filterValid((choice.ordinary ?? []).map((one) => renew(replaceAt(root, place, one), nextNumber()))),
  };
}

/**
 * Returns copies of the whole value in which the numbers or dates beside the changed one are moved along: a server may
 * require that a period does not end before it begins.
 */
function moveSiblings({ root, place, value }: VisitedPlace, changed: unknown): unknown[] {
  const isOrdered = (one: unknown) =>
    typeof one === 'number' || (typeof one === 'string' && /^\d{4}-\d\d-\d\d/.test(one));
  if (!isOrdered(changed) || place.length === 0) return [];
  const parent = place
    .slice(0, -1)
    .reduce<unknown>((one, step) => (one as Record<string, unknown> | undefined)?.[step], root);
  if (!isObject(parent)) return [];
  const siblings = Object.entries(parent).filter(
    ([name, one]) => name !== place.at(-1) && typeof one === typeof value && isOrdered(one),
  );
  if (siblings.length === 0) return [];
  const moved = Object.fromEntries(siblings.map(([name]) => [name, changed]));
  return [replaceAt(root, place.slice(0, -1), { ...parent, ...moved, [String(place.at(-1))]: changed })];
}

function listChoices(at: VisitedPlace, generation: Generation): Choice[] {
  return [
    ...at.schemas.flatMap((schema) => listChoicesOf(at, schema, generation)),
    ...listMemberChoices(at, generation),
  ];
}

function listChoicesOf({ value, schemas, place }: VisitedPlace, schema: JsonSchema, generation: Generation): Choice[] {
  const choices: Choice[] = [];
  const add = (keyword: string, detail: string, choice: Omit<Choice, 'keyword' | 'detail' | 'schema'>) =>
    choices.push({ keyword, schema, detail, ...choice });
  const { enum: enumerated, type } = schema;
  if (Array.isArray(enumerated)) {
    for (const one of enumerated.slice(0, MAX_CHOICES)) {
      if (one !== null) add('enum', `enum ${JSON.stringify(one)}`, { value: one });
    }
  }
  if (typeof value === 'boolean') add('type', String(!value), { value: !value });
  if (typeof value === 'number') {
    for (const limit of listLimits(value, schema, schemas)) {
      add(limit.keyword, limit.detail, { value: limit.value, ordinary: limit.ordinary });
    }
    // Some servers take 0 for no value.
    const isAcrossZero = [schema.minimum, schema.exclusiveMinimum].some(
      (limit) => typeof limit === 'number' && limit < 0,
    );
    if (isAcrossZero) add('minimum', 'the number 0', { value: 0, ordinary: [value] });
    const fraction = findFraction(value, schemas);
    if (fraction !== undefined) add('type', 'a fraction', { value: fraction, ordinary: [value] });
    if ([type].flat().includes('integer') && place.length < DEEP) {
      add('type', 'a large integer', { value: 2 ** 31 - 1, isDisputed: true });
    }
  }
  if (typeof value === 'string') {
    const found = listTextChoices(value, schema, generation);
    choices.push(...found.filter(({ keyword }) => place.length < DEEP || keyword !== 'type'));
  }
  if (Array.isArray(value)) choices.push(...listListChoices(value, schema, generation));
  if (generation.use === 'request') {
    if ([type].flat().includes('null') || (Array.isArray(enumerated) && enumerated.includes(null))) {
      add('type', 'null', { value: null });
    }
    for (const keyword of ['oneOf', 'anyOf'] as const) {
      const branches = (schema[keyword] ?? []) as readonly JsonSchema[];
      for (const [index, branch] of branches.slice(0, MAX_CHOICES).entries()) {
        if (!isObject(branch)) continue;
        const plain = branch.type === 'null' ? null : createPlainValue(branch, generation);
        if (plain !== undefined) add(keyword, plain === null ? 'null' : `branch ${index + 1}`, { value: plain });
      }
    }
  }
  return choices;
}

/** Returns a number with a fraction, or undefined if the number must be an integer. */
function findFraction(current: number, schemas: readonly JsonSchema[]): number | undefined {
  const factor = schemas.map(({ multipleOf }) => multipleOf).find((one) => typeof one === 'number') ?? 0.25;
  const isNumber = schemas.some(({ type }) => [type].flat().includes('number'));
  const fraction = roundNumber(Math.trunc(current) + factor);
  return isNumber && Number.isInteger(current) && !Number.isInteger(fraction) ? fraction : undefined;
}

interface Limit {
  readonly keyword: string;
  readonly detail: string;
  readonly value: number;
  readonly ordinary: readonly number[];
}

/** Returns the smallest and the largest allowed number. The first ordinary number is the next one. */
function listLimits(current: number, schema: JsonSchema, schemas: readonly JsonSchema[]): Limit[] {
  const factor = schemas.map(({ multipleOf }) => multipleOf).find((one) => typeof one === 'number');
  const isInteger = schemas.some(({ type }) => [type].flat().includes('integer'));
  const step = factor ?? (isInteger ? 1 : 0.01);
  return ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'].flatMap((keyword): Limit[] => {
    const limit = schema[keyword];
    if (typeof limit !== 'number') return [];
    const direction = keyword.endsWith('inimum') ? 1 : -1;
    const round = direction === 1 ? Math.ceil : Math.floor;
    const isExclusive = keyword.startsWith('exclusive');
    const first = round(limit / step) * step;
    const value = roundNumber(isExclusive && first === limit ? limit + direction * step : first);
    const next = roundNumber(value + direction * step);
    const ordinary = [next, roundNumber(current + step), roundNumber(current - step)];
    const detail = isExclusive ? `next to ${keyword} ${limit}` : `${keyword} ${limit}`;
    return [{ keyword, detail, value, ordinary }];
  });
}

function listTextChoices(value: string, schema: JsonSchema, generation: Generation): Choice[] {
  const { minLength, maxLength } = schema as Readonly<Record<string, number | undefined>>;
  const ordinary = [renewText(schema, 'text', 1), renewText(schema, 'text', 2)];
  const choose = (keyword: string, detail: string, [one = '', ...similar]: readonly string[]): Choice => ({
    keyword,
    schema,
    detail,
    value: one,
    similar,
    ordinary,
  });
  const repeat = (count: number) => ['x', 'n', 'Q'].map((letter) => letter.repeat(count));
  const { format } = schema as { readonly format?: string };
  const known = format === undefined ? undefined : FORMATS[format];
  if (known) {
    return Object.entries(known.unusual ?? {}).map(([detail, text]) => ({
      keyword: 'format',
      schema,
      detail: `${format} with ${detail}`,
      value: text,
      ordinary: [known.plain(3), known.plain(9)].filter((one) => one !== value),
    }));
  }
  const isBody = generation.use === 'request';
  const choices: Choice[] = [];
  if (minLength !== undefined && minLength > 0 && minLength <= LONGEST_TEXT) {
    choices.push(choose('minLength', `minLength ${minLength}`, repeat(minLength)));
  }
  if (isBody && !minLength && schema.enum === undefined)
    choices.push({ ...choose('type', 'an empty text', ['']), isDisputed: true });
  if (maxLength !== undefined && maxLength <= LONGEST_TEXT) {
    choices.push(choose('maxLength', `maxLength ${maxLength}`, repeat(maxLength)));
    const astral = ['😀', '🎉', '𝒳'].map((character) => character.repeat(maxLength));
    choices.push(choose('maxLength', `maxLength ${maxLength}, in characters beyond the BMP`, astral));
  }
  if (schema.type !== undefined && schema.enum === undefined && schema.const === undefined) {
    if (maxLength === undefined) {
      choices.push(choose('type', 'letters of several scripts', ['Žlutý 日本 😀', 'Größe 中文 🎉', 'Ünï Ελλ 🚀']));
    }
    choices.push(choose('type', 'punctuation', [`A+b & "C" 100% 'd'`, `x=1; <y> #2 \\`, `q?r/s,t:u`]));
    if (isBody) choices.push({ ...choose('type', 'spaces around it', [' a b ']), isDisputed: true });
    if (isBody) choices.push({ ...choose('type', 'a control character', ['a\u0000b']), isDisputed: true });
  }
  return choices;
}

function listListChoices(value: readonly unknown[], schema: JsonSchema, generation: Generation): Choice[] {
  const { minItems = 0, maxItems } = schema as Readonly<Record<string, number | undefined>>;
  const choices: Choice[] = [];
  const add = (keyword: string, count: number) => {
    if (count > LONGEST_LIST) return;
    const one = createPlainValue({ allOf: [schema, { minItems: count, maxItems: count }] }, generation);
    const items = count <= value.length ? value.slice(0, count) : one;
    if (Array.isArray(items)) choices.push({ keyword, schema, detail: `${keyword} ${count}`, value: items });
  };
  if (minItems > 0) add('minItems', minItems);
  else if (generation.use === 'request') choices.push({ keyword: 'type', schema, detail: 'an empty list', value: [] });
  if (maxItems !== undefined) add('maxItems', maxItems);
  return choices;
}

/** Returns other values of a member that may refer to something that exists, or that may have to be in the past. */
function listOrdinaryValues(value: unknown, schema: JsonSchema): unknown[] {
  if (schema.enum !== undefined || schema.const !== undefined) return [];
  if (typeof value === 'number') return [value + 1, value + 2];
  if (typeof value !== 'string') return [];
  return /^date/.test(String(schema.format))
    ? [value.replace(/^20\d\d/, '2020')]
    : [renewText(schema, value, 1), renewText(schema, value, 2)];
}

/** Returns an object without each optional member, with only the required members, and with each missing member. */
function listMemberChoices({ value, schemas }: VisitedPlace, generation: Generation): Choice[] {
  const [schema = {}] = schemas;
  if (!isObject(value)) return [];
  const required = new Set(schemas.flatMap((one) => (one.required ?? []) as readonly string[]));
  const optional = Object.keys(value).filter((name) => !required.has(name));
  const choose = (detail: string, changed: unknown, member?: string): Choice => {
    const describing = schemas.find(
      ({ properties }) => isObject(properties) && Object.hasOwn(properties, member ?? ''),
    );
    return {
      keyword: 'properties',
      schema: describing ?? schema,
      detail,
      value: changed,
      ...(describing && member !== undefined && { member }),
    };
  };
  return [
    ...optional.map((name) => choose(`without ${name}`, omitMembers(value, [name]), name)),
    ...(optional.length > 1
      ? [{ ...choose('only the required members', omitMembers(value, optional)), isDisputed: true }]
      : []),
    ...listMissingMembers(value, schemas).flatMap(([name, member]) => {
      const added = isObject(member) ? createPlainValue(member, generation) : undefined;
      if (added === undefined || !isObject(member)) return [];
      const ordinary = listOrdinaryValues(added, member).map((one) => ({ ...value, [name]: one }));
      return [{ ...choose(`with ${name}`, { ...value, [name]: added }, name), ordinary }];
    }),
  ];
}
