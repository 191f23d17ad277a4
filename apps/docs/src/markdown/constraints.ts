import {
  asArray,
  asObject,
  type Deprecation,
  describeDates,
  type JsonObject,
  readDeprecation,
} from '@firstofficer/openapi';
import type { PhrasingContent } from 'mdast';
import { isJson } from '../json.ts';
import { describePattern } from '../words/patterns.ts';
import { inlineCode, join, type Phrase } from './render.ts';

/** Returns the phrase for the values of one or two keywords, or undefined if they need none. */
type DescribeValues = (value: unknown, other: unknown) => Phrase | undefined;

/** The keywords that have a phrase, in the order of the phrases. */
const PHRASES: readonly (readonly [keywords: readonly string[], describe: DescribeValues])[] = [
  [['readOnly'], (value) => (value === true ? ['only in responses'] : undefined)],
  [['writeOnly'], (value) => (value === true ? ['only in requests'] : undefined)],
  [['format'], (value) => (/^int\d+$/.test(String(value)) ? undefined : ['format ', formatLiteral(value)])],
  [['const'], (value) => ['always ', formatLiteral(value)]],
  [['enum'], (values) => ['one of ', ...formatLiterals(values)]],
  [['minLength', 'maxLength'], (min, max) => describeRange(min, max, 'character')],
  [['minimum', 'maximum'], describeRange],
  [['exclusiveMinimum'], (value) => ['more than ', formatLiteral(value)]],
  [['exclusiveMaximum'], (value) => ['less than ', formatLiteral(value)]],
  [['multipleOf'], (value) => ['a multiple of ', formatLiteral(value)]],
  [['pattern'], (value) => [describePattern(String(value)) ?? ['matches ', inlineCode(String(value))]].flat()],
  [['minItems', 'maxItems'], (min, max) => describeRange(min, max, 'item')],
  [['uniqueItems'], (value) => (value === true ? ['unique items'] : undefined)],
  [['minProperties', 'maxProperties'], (min, max) => describeRange(min, max, 'member')],
  [['additionalProperties'], (value) => (value === false ? ['no other members'] : undefined)],
  [['discriminator'], (value) => describeDiscriminator(asObject(value))],
  [['default'], (value) => ['by default ', formatLiteral(value)]],
  [['example'], (value) => ['for example ', formatLiteral(value)]],
  [['examples'], (values) => ['for example ', ...formatLiterals(values)]],
];

const DESCRIBED_KEYWORDS = [
  'deprecated',
  ...PHRASES.flatMap(([keywords]) => keywords),
  // The type, the description or the members table show these keywords.
  ...['type', 'title', 'description', 'externalDocs', 'required', 'properties', 'patternProperties', 'items'],
  ...['prefixItems', 'oneOf', 'anyOf', '$schema', '$id', '$anchor', '$defs', '$comment', '$dynamicAnchor'],
];

/**
 * Returns a schema's constraints beyond its type, as phrases. Keywords without a phrase are shown as JSON: without them
 * the schema would seem to allow more values than it does.
 */
export function describeKeywords(schema: JsonObject): Phrase[] {
  const shown = dropImplied(schema);
  const phrases = PHRASES.flatMap(([keywords, describe]) => {
    const [value, other] = keywords.map((keyword) => shown[keyword]);
    const phrase = value === undefined && other === undefined ? undefined : describe(value, other);
    return phrase === undefined ? [] : [phrase];
  });
  const unknown = Object.entries(schema).filter(
    ([keyword]) => !DESCRIBED_KEYWORDS.includes(keyword) && !keyword.startsWith('x-'),
  );
  return [
    ...listDeprecation(schema),
    ...phrases,
    ...unknown.map(([keyword, value]) => [inlineCode(`${keyword}: ${JSON.stringify(value)}`)]),
  ];
}

/** Returns the phrase for a deprecated parameter, header or schema, or none if it is not deprecated. */
export function listDeprecation(object: JsonObject): Phrase[] {
  const deprecation = readDeprecation(object);
  return deprecation ? [formatDeprecation(deprecation)] : [];
}

function formatDeprecation(deprecation: Deprecation): Phrase {
  const { replacedBy } = deprecation;
  const dates = describeDates(deprecation);
  return replacedBy === undefined ? [dates] : [`${dates} (use `, inlineCode(replacedBy), ' instead)'];
}

/** Keywords that say nothing beside a constant. */
const IMPLIED_BY_CONST = ['format', 'enum', 'pattern', 'multipleOf', 'uniqueItems'];

/** Returns a schema without the limits that its other keywords already set. */
function dropImplied(schema: JsonObject): JsonObject {
  const isImplied = (keyword: string): boolean => {
    if (schema.const !== undefined) return IMPLIED_BY_CONST.includes(keyword) || /^(exclusive)?m(in|ax)/i.test(keyword);
    // The pattern already requires a character.
    return keyword === 'minLength' && (schema.minLength === 0 || (schema.minLength === 1 && schema.pattern === '\\S'));
  };
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => !isImplied(keyword)));
}

/**
 * Returns a value as inline code. A string has quotation marks only if it would look like another value or be empty.
 */
export function formatLiteral(value: unknown): PhrasingContent {
  const isPlain = typeof value === 'string' && value.trim() === value && value !== '' && !isJson(value);
  return inlineCode(isPlain ? value : JSON.stringify(value));
}

function formatLiterals(values: unknown): Phrase {
  return join(
    asArray(values).map((value) => [formatLiteral(value)]),
    ', ',
  );
}

function describeRange(minimum: unknown, maximum: unknown, unit?: string): Phrase | undefined {
  // The limits of exact integers are of no use to readers.
  const [min, max] = [minimum, maximum].map((limit) => (isExactLimit(limit) ? undefined : limit));
  if (min === undefined && max === undefined) return undefined;
  const formatUnit = (value: unknown) => (unit === undefined ? '' : ` ${unit}${value === 1 ? '' : 's'}`);
  if (max === undefined) return ['at least ', formatNumber(min), formatUnit(min)];
  if (min === undefined) return ['at most ', formatNumber(max), formatUnit(max)];
  if (min === max) return ['exactly ', formatNumber(min), formatUnit(min)];
  return [formatNumber(min), ' to ', formatNumber(max), formatUnit(max)];
}

function isExactLimit(limit: unknown): boolean {
  return Math.abs(Number(limit)) >= Number.MAX_SAFE_INTEGER;
}

function formatNumber(value: unknown): string {
  return typeof value === 'number' ? value.toLocaleString('en-US', { maximumFractionDigits: 20 }) : String(value);
}

function describeDiscriminator({ propertyName, mapping }: JsonObject): Phrase {
  const named = Object.entries(asObject(mapping)).map(([value, reference]) => [
    formatLiteral(value),
    ` is ${String(reference).split('/').at(-1)}`,
  ]);
  const detail: Phrase = named.length === 0 ? [] : [' (', ...join(named, ', '), ')'];
  return [inlineCode(String(propertyName)), ' selects the variant', ...detail];
}
