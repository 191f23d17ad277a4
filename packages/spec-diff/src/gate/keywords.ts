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

// The members of these maps have names that their author chose, such as the members of an object.
export const MAPS = new Set([
  '$defs',
  'callbacks',
  'content',
  'definitions',
  'dependentRequired',
  'dependentSchemas',
  'encoding',
  'examples',
  'headers',
  'links',
  'mapping',
  'parameters',
  'pathItems',
  'paths',
  'patternProperties',
  'properties',
  'requestBodies',
  'responses',
  'schemas',
  'scopes',
  'securitySchemes',
  'variables',
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
