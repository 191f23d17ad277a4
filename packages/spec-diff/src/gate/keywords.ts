import { MAPS_OF_NAMES } from '@firstofficer/openapi';
import type { Path } from './source.ts';

// What a member means if it is absent. Only additions and removals of these values are without an effect.
export const DEFAULTS = new Map<string, unknown>([
  ['additionalProperties', true],
  ['allowEmptyValue', false],
  ['allowReserved', false],
  ['deprecated', false],
  ['minItems', 0],
  ['minLength', 0],
  ['minProperties', 0],
  ['nullable', false],
  ['readOnly', false],
  ['required', false],
  ['uniqueItems', false],
  ['writeOnly', false],
]);

// Members that only readers use.
const WORDS = new Set([
  '$comment',
  '$self',
  'contact',
  'description',
  'example',
  'examples',
  'externalDocs',
  'license',
  'summary',
  'tags',
  'termsOfService',
  'title',
]);

/** Returns whether only readers use a member: words, or an extension that no user of the description relies on. */
export function isWords(name: string): boolean {
  return WORDS.has(name) || (name.startsWith('x-') && name !== 'x-sunset');
}

// Keywords below which the next segment of a path is a name that the author of the description chose.
export const MAPS: ReadonlySet<string> = new Set([
  ...MAPS_OF_NAMES,
  'dependentRequired',
  'paths',
  'responses',
  'webhooks',
]);

// The values of these members are data, whose members have no meaning in OpenAPI.
export const DATA = new Set(['const', 'default', 'enum']);

/** Returns the segments of a path that are words of OpenAPI, without chosen names and indexes. */
export function listKeywords(path: Path): Path {
  const keywords: string[] = [];
  let isName = false;
  for (const segment of path) {
    if (!isName && !/^\d+$/.test(segment)) keywords.push(segment);
    if (!isName && DATA.has(segment)) break;
    isName = !isName && MAPS.has(segment);
  }
  return keywords;
}
