import { asArray, asObject, type JsonObject } from '@firstofficer/openapi';
import type { PhrasingContent } from 'mdast';
import { inlineCode, join } from './render.ts';

/** A piece of text, such as a constraint of a schema. */
export type Phrase = readonly (PhrasingContent | string)[];

// The type, the description or the members table show these keywords.
const SHOWN_ELSEWHERE = [
  ...['type', 'title', 'description', 'externalDocs', 'required', 'properties', 'patternProperties', 'items'],
  ...['prefixItems', 'oneOf', 'anyOf', '$schema', '$id', '$anchor', '$defs', '$comment', '$dynamicAnchor'],
];

/**
 * Returns a schema's constraints beyond its type, as phrases. Keywords without a phrase are shown as JSON: without them
 * the schema would seem to allow more values than it does.
 */
export function describeKeywords(keywords: JsonObject): Phrase[] {
  const { readOnly, writeOnly, deprecated, uniqueItems, additionalProperties, discriminator, ...rest } = keywords;
  const phrases: Phrase[] = [
    ...(deprecated === true ? [['deprecated']] : []),
    ...(readOnly === true ? [['only in responses']] : []),
    ...(writeOnly === true ? [['only in requests']] : []),
    ...describeKeyword(rest, 'format', (value) => ['format ', formatLiteral(value)]),
    ...describeKeyword(rest, 'const', (value) => ['always ', formatLiteral(value)]),
    ...describeKeyword(rest, 'enum', (values) => [
      'one of ',
      ...join(
        asArray(values).map((value) => [formatLiteral(value)]),
        ', ',
      ),
    ]),
    ...describeRange(rest, ['minLength', 'maxLength'], 'character'),
    ...describeRange(rest, ['minimum', 'maximum']),
    ...describeKeyword(rest, 'exclusiveMinimum', (value) => ['more than ', formatLiteral(value)]),
    ...describeKeyword(rest, 'exclusiveMaximum', (value) => ['less than ', formatLiteral(value)]),
    ...describeKeyword(rest, 'multipleOf', (value) => ['a multiple of ', formatLiteral(value)]),
    ...describeKeyword(rest, 'pattern', (value) => ['matches ', inlineCode(String(value))]),
    ...describeRange(rest, ['minItems', 'maxItems'], 'item'),
    ...(uniqueItems === true ? [['unique items']] : []),
    ...describeRange(rest, ['minProperties', 'maxProperties'], 'member'),
    ...(additionalProperties === false ? [['no other members']] : []),
    ...(discriminator === undefined ? [] : [describeDiscriminator(asObject(discriminator))]),
    ...describeKeyword(rest, 'default', (value) => ['by default ', formatLiteral(value)]),
    ...describeKeyword(rest, 'example', (value) => ['for example ', formatLiteral(value)]),
    ...describeKeyword(rest, 'examples', (values) => [
      'for example ',
      ...join(
        asArray(values).map((value) => [formatLiteral(value)]),
        ', ',
      ),
    ]),
  ];
  const shown = [...WITH_PHRASE, ...SHOWN_ELSEWHERE];
  const others = Object.entries(rest).filter(([name]) => !shown.includes(name) && !name.startsWith('x-'));
  return [...phrases, ...others.map(([name, value]) => [inlineCode(`${name}: ${JSON.stringify(value)}`)])];
}

/**
 * Returns a value as inline code. A string has quotation marks only if it would look like another value or be empty.
 */
export function formatLiteral(value: unknown): PhrasingContent {
  const plain = typeof value === 'string' && value.trim() === value && value !== '' && !isJson(value);
  return inlineCode(plain ? value : JSON.stringify(value));
}

// The keywords of `rest` that have a phrase above.
const WITH_PHRASE = [
  ...['format', 'const', 'enum', 'minLength', 'maxLength', 'minimum', 'maximum', 'exclusiveMinimum'],
  ...['exclusiveMaximum', 'multipleOf', 'pattern', 'minItems', 'maxItems', 'minProperties', 'maxProperties'],
  ...['default', 'example', 'examples'],
];

function describeKeyword(keywords: JsonObject, name: string, phrase: (value: unknown) => Phrase): Phrase[] {
  return Object.hasOwn(keywords, name) ? [phrase(keywords[name])] : [];
}

function describeRange(keywords: JsonObject, [least, most]: readonly [string, string], unit?: string): Phrase[] {
  const [min, max] = [keywords[least], keywords[most]];
  const counted = (value: unknown) => (unit === undefined ? '' : ` ${unit}${value === 1 ? '' : 's'}`);
  if (min === undefined && max === undefined) return [];
  if (max === undefined) return [['at least ', formatLiteral(min), counted(min)]];
  if (min === undefined) return [['at most ', formatLiteral(max), counted(max)]];
  if (min === max) return [['exactly ', formatLiteral(min), counted(min)]];
  return [[formatLiteral(min), ' to ', formatLiteral(max), counted(max)]];
}

function describeDiscriminator({ propertyName, mapping }: JsonObject): Phrase {
  const named = Object.entries(asObject(mapping)).map(([value, reference]) => [
    formatLiteral(value),
    ` is ${String(reference).split('/').at(-1)}`,
  ]);
  const detail: Phrase = named.length === 0 ? [] : [' (', ...join(named, ', '), ')'];
  return [inlineCode(String(propertyName)), ' selects the variant', ...detail];
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
