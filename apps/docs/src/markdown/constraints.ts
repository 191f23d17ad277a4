import type { PhrasingContent } from 'mdast';
import { asArray, asObject, type JsonObject } from './openapi.ts';
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
export function constraints(keywords: JsonObject): Phrase[] {
  const { readOnly, writeOnly, deprecated, uniqueItems, additionalProperties, discriminator, ...rest } = keywords;
  const phrases: Phrase[] = [
    ...(deprecated === true ? [['deprecated']] : []),
    ...(readOnly === true ? [['only in responses']] : []),
    ...(writeOnly === true ? [['only in requests']] : []),
    ...keywordPhrase(rest, 'format', (value) => ['format ', literal(value)]),
    ...keywordPhrase(rest, 'const', (value) => ['always ', literal(value)]),
    ...keywordPhrase(rest, 'enum', (values) => [
      'one of ',
      ...join(
        asArray(values).map((value) => [literal(value)]),
        ', ',
      ),
    ]),
    ...range(rest, ['minLength', 'maxLength'], 'character'),
    ...range(rest, ['minimum', 'maximum']),
    ...keywordPhrase(rest, 'exclusiveMinimum', (value) => ['more than ', literal(value)]),
    ...keywordPhrase(rest, 'exclusiveMaximum', (value) => ['less than ', literal(value)]),
    ...keywordPhrase(rest, 'multipleOf', (value) => ['a multiple of ', literal(value)]),
    ...keywordPhrase(rest, 'pattern', (value) => ['matches ', inlineCode(String(value))]),
    ...range(rest, ['minItems', 'maxItems'], 'item'),
    ...(uniqueItems === true ? [['no item twice']] : []),
    ...range(rest, ['minProperties', 'maxProperties'], 'member'),
    ...(additionalProperties === false ? [['no other members']] : []),
    ...(discriminator === undefined ? [] : [discriminatorPhrase(asObject(discriminator))]),
    ...keywordPhrase(rest, 'default', (value) => ['by default ', literal(value)]),
    ...keywordPhrase(rest, 'example', (value) => ['for example ', literal(value)]),
    ...keywordPhrase(rest, 'examples', (values) => [
      'for example ',
      ...join(
        asArray(values).map((value) => [literal(value)]),
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
export function literal(value: unknown): PhrasingContent {
  const plain = typeof value === 'string' && value.trim() === value && value !== '' && !isJson(value);
  return inlineCode(plain ? value : JSON.stringify(value));
}

// The keywords of `rest` that have a phrase above.
const WITH_PHRASE = [
  ...['format', 'const', 'enum', 'minLength', 'maxLength', 'minimum', 'maximum', 'exclusiveMinimum'],
  ...['exclusiveMaximum', 'multipleOf', 'pattern', 'minItems', 'maxItems', 'minProperties', 'maxProperties'],
  ...['default', 'example', 'examples'],
];

function keywordPhrase(keywords: JsonObject, name: string, phrase: (value: unknown) => Phrase): Phrase[] {
  return Object.hasOwn(keywords, name) ? [phrase(keywords[name])] : [];
}

function range(keywords: JsonObject, [least, most]: readonly [string, string], unit?: string): Phrase[] {
  const [min, max] = [keywords[least], keywords[most]];
  const counted = (value: unknown) => (unit === undefined ? '' : ` ${unit}${value === 1 ? '' : 's'}`);
  if (min === undefined && max === undefined) return [];
  if (max === undefined) return [['at least ', literal(min), counted(min)]];
  if (min === undefined) return [['at most ', literal(max), counted(max)]];
  if (min === max) return [['exactly ', literal(min), counted(min)]];
  return [[literal(min), ' to ', literal(max), counted(max)]];
}

function discriminatorPhrase({ propertyName, mapping }: JsonObject): Phrase {
  const named = Object.entries(asObject(mapping)).map(([value, reference]) => [
    literal(value),
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
