import { asArray, MAPS_OF_NAMES } from '@firstofficer/openapi';
import type { Edit } from './edits.ts';
import type { Path } from './source.ts';
import type { Rating, Step } from './step.ts';

/** A rule for edits that neither Redocly nor oasdiff rates, or not strictly enough. */
interface OwnRule {
  readonly ruleId: string;
  readonly step: Step;
  readonly reason: string;
  /** Whether the rule rates an edit. `keywords` is its path without the names of members, schemas and so on. */
  readonly matches: (edit: Edit, keywords: Path) => boolean;
}

const isKept = ({ kind }: Edit) => kind === 'changed' || kind === 'removed';

function isInResponse(keywords: Path): boolean {
  return keywords.some((keyword) => keyword === 'responses' || keyword === 'headers');
}

/** The rules of this package. The first one that matches an edit rates it. */
const OWN_RULES: readonly OwnRule[] = [
  {
    ruleId: 'first-tag-changed',
    step: 'major',
    reason: 'The first tag is the name of the group of commands in the client, and of a class in generated clients.',
    matches: ({ before, after, revision }, keywords) =>
      keywords.at(-1) === 'tags' &&
      revision.length > 1 &&
      asArray(before)[0] !== asArray(after)[0] &&
      before !== undefined,
  },
  {
    ruleId: 'words-changed',
    step: 'patch',
    reason: 'Only readers notice the change: no request and no response changes.',
    matches: ({ kind }, keywords) =>
      keywords.some((keyword) => WORDS.has(keyword) || isUnknownExtension(keyword)) ||
      // The value of a scope is its description.
      (kind === 'changed' && keywords.at(-1) === 'scopes'),
  },
  {
    ruleId: 'first-server-changed',
    step: 'major',
    reason: 'Clients use the first server unless they are told otherwise.',
    matches: ({ kind, revision }, keywords) =>
      (kind === 'reordered' && keywords.at(-1) === 'servers') ||
      (kind === 'added' && keywords.at(-1) === 'servers' && ['0', 'servers'].includes(revision.at(-1) ?? '')),
  },
  {
    ruleId: 'reordered',
    step: 'patch',
    reason: 'The order has no meaning.',
    matches: ({ kind }) => kind === 'reordered',
  },
  {
    ruleId: 'default-stated',
    step: 'patch',
    reason: 'OpenAPI has the same default.',
    matches: ({ kind, before, after }, keywords) =>
      kind !== 'changed' &&
      DEFAULTS.has(keywords.at(-1) ?? '') &&
      DEFAULTS.get(keywords.at(-1) ?? '') === (before ?? after),
  },
  {
    ruleId: 'link-changed',
    step: 'major',
    reason: 'A link promises that a value of the response is valid in a further request.',
    matches: (edit, keywords) => keywords.includes('links') && isKept(edit),
  },
  {
    ruleId: 'path-renamed',
    step: 'major',
    reason: 'Generated clients use the path and the names of its parameters.',
    matches: ({ kind, base }) => kind === 'removed' && base.length === 2 && base[0] === 'paths',
  },
  {
    ruleId: 'schema-name-removed',
    step: 'major',
    reason: 'Generated clients export a type with the name of the schema.',
    matches: ({ kind, base: [root, section, ...rest] }) =>
      kind === 'removed' && root === 'components' && section === 'schemas' && rest.length === 1,
  },
  {
    ruleId: 'response-schema-removed',
    step: 'major',
    reason: 'The response or its header may contain anything.',
    matches: ({ kind }, keywords) => kind === 'removed' && keywords.at(-1) === 'schema' && isInResponse(keywords),
  },
  {
    ruleId: 'request-schema-added',
    step: 'major',
    reason: 'Requests that the API accepts today may not match the schema.',
    matches: ({ kind }, keywords) => kind === 'added' && keywords.at(-1) === 'schema' && !isInResponse(keywords),
  },
  {
    ruleId: 'security-scheme-changed',
    step: 'major',
    reason: 'Clients must authenticate in another way.',
    matches: (edit, keywords) => keywords[1] === 'securitySchemes' && isKept(edit),
  },
  {
    ruleId: 'server-changed',
    step: 'major',
    reason: 'Requests are sent to another URL.',
    matches: (edit, keywords) => keywords.includes('servers') && isKept(edit),
  },
  {
    ruleId: 'serialization-changed',
    step: 'major',
    reason: 'Bodies have another form.',
    matches: (edit, keywords) =>
      keywords.some((keyword) => keyword === 'encoding' || keyword === 'xml') && isKept(edit),
  },
  {
    ruleId: 'sunset-earlier',
    step: 'major',
    reason: 'Users plan their change for the date that was announced.',
    matches: ({ kind, before, after }, keywords) =>
      kind === 'changed' && keywords.at(-1) === 'x-sunset' && String(after) < String(before),
  },
  {
    ruleId: 'openapi-version-changed',
    step: 'patch',
    reason: 'Patch versions of OpenAPI only correct words.',
    matches: ({ before, after }, keywords) => keywords[0] === 'openapi' && getMinor(before) === getMinor(after),
  },
  {
    ruleId: 'openapi-version-changed',
    step: 'major',
    reason: 'Tools that read the description may not know the other version of OpenAPI.',
    matches: (_, keywords) => keywords[0] === 'openapi',
  },
];

// What a member means if it is absent. Only additions and removals of these values are without an effect.
const DEFAULTS = new Map<string, unknown>([
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

const DEFAULT_RULE = {
  ruleId: 'other-change',
  step: 'minor',
  reason: 'More than words has changed, and no rule considers it breaking.',
} as const;

/** Rates an edit by the rules of this package. */
export function rateEdit(edit: Edit): Rating {
  const keywords = listKeywords(edit.kind === 'added' ? edit.revision : edit.base);
  const { ruleId, step, reason } = OWN_RULES.find(({ matches }) => matches(edit, keywords)) ?? DEFAULT_RULE;
  return { tool: 'gate', ruleId, step, reason, message: describeEdit(edit) };
}

// Members that only readers use.
const WORDS = new Set([
  '$comment',
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

/** Returns whether a member is an extension that no user of the description relies on. */
function isUnknownExtension(keyword: string): boolean {
  return keyword.startsWith('x-') && keyword !== 'x-sunset';
}

// Keywords below which the next segment of a path is a name that the author of the description chose.
const MAPS = new Set([...MAPS_OF_NAMES, 'dependentRequired', 'paths', 'responses', 'webhooks']);

// The values of these members are data, whose members have no meaning in OpenAPI.
const DATA = new Set(['const', 'default', 'enum']);

/** Returns the segments of a path that are words of OpenAPI, without chosen names and indexes. */
function listKeywords(path: Path): Path {
  const keywords: string[] = [];
  let isName = false;
  for (const segment of path) {
    if (!isName && !/^\d+$/.test(segment)) keywords.push(segment);
    if (!isName && DATA.has(segment)) break;
    isName = !isName && MAPS.has(segment);
  }
  return keywords;
}

function getMinor(version: unknown): string {
  return String(version).split('.', 2).join('.');
}

// Segments that say nothing to a reader, because every path has them.
const STRUCTURE = new Set(['components', 'paths', 'properties', 'schemas', 'schema', 'content', 'responses']);

function describeEdit({ kind, base, revision, before, after }: Edit): string {
  const path = kind === 'added' ? revision : base;
  const name = path.at(-1) ?? 'document';
  const parents = path.slice(0, -1).filter((segment) => !STRUCTURE.has(segment));
  const place = parents.length > 0 ? ` of ${parents.join(' › ')}` : '';
  const values = kind === 'changed' ? `: ${formatValues(before, after)}` : '';
  return `\`${name}\`${place} was ${kind}${values}.`;
}

const CONTEXT = 20;
const MAX_VALUE = 60;

/** Formats two values, without the beginning that long ones share. */
function formatValues(before: unknown, after: unknown): string {
  const [one, other] = [before, after].map((value) => (JSON.stringify(value) ?? 'nothing').replaceAll('\\n', ' '));
  if (one === undefined || other === undefined) return '';
  const shared = [...one].findIndex((character, index) => character !== other[index]);
  const start = Math.max(one.length, other.length) > MAX_VALUE ? Math.max(shared - CONTEXT, 0) : 0;
  return [one, other].map((text) => shorten(text, start)).join(' → ');
}

function shorten(text: string, start: number): string {
  const end = start + MAX_VALUE;
  return `${start > 0 ? '…' : ''}${text.slice(start, end)}${end < text.length ? '…' : ''}`;
}

/** Returns whether an edit changes the version of the description, which the changes are compared with. */
export function isVersionEdit({ revision }: Edit): boolean {
  return revision.length === 2 && revision[0] === 'info' && revision[1] === 'version';
}
