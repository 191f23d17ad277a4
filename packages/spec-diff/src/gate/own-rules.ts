import { asArray, asObject } from '@firstofficer/openapi';
import { shorten } from '../text.ts';
import type { Edit } from './edits.ts';
import { DEFAULTS, isWords, listKeywords } from './keywords.ts';
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

/** Returns whether a list contains all values of another one. */
function isWithin(part: unknown, whole: unknown): boolean {
  return asArray(part).length > 0 && asArray(part).every((value) => asArray(whole).includes(value));
}

function splitTypes(contentType: unknown): string[] {
  return String(contentType).split(/\s*,\s*/);
}

function isRequiredHeader(value: unknown, keywords: Path): boolean {
  const headers = keywords.at(-1) === 'headers' ? [value, ...Object.values(asObject(value))] : [];
  return headers.some((header) => asObject(header).required === true);
}

/** Returns whether an edit is in a request that was added to OpenAPI 3.2, which neither tool reads. */
function isUnread({ base }: Edit, keywords: Path): boolean {
  const isRequest = keywords.includes('requestBody') || keywords.includes('parameters');
  return isRequest && base[0] === 'paths' && ['query', 'additionalOperations'].includes(base[2] ?? '');
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
      keywords.some(isWords) ||
      // A server has a name, from OpenAPI 3.2 on.
      (keywords.includes('servers') && keywords.at(-1) === 'name') ||
      // The value of a scope is its description.
      (kind === 'changed' && keywords.at(-1) === 'scopes'),
  },
  {
    ruleId: 'first-server-changed',
    step: 'major',
    reason: 'Clients send their requests to the first server by default.',
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
    ruleId: 'server-values-added',
    step: 'minor',
    reason: 'All URLs of today are still valid.',
    matches: ({ before, after }, keywords) =>
      keywords.includes('servers') && keywords.at(-1) === 'enum' && (after === undefined || isWithin(before, after)),
  },
  {
    ruleId: 'server-changed',
    step: 'major',
    reason: 'Requests are sent to another URL.',
    matches: (edit, keywords) => keywords.includes('servers') && (isKept(edit) || keywords.at(-1) === 'enum'),
  },
  {
    ruleId: 'body-types-added',
    step: 'minor',
    reason: 'Parts of all types of today are still valid.',
    matches: ({ kind, before, after }, keywords) =>
      kind === 'changed' &&
      keywords.includes('encoding') &&
      keywords.at(-1) === 'contentType' &&
      isWithin(splitTypes(before), splitTypes(after)),
  },
  {
    ruleId: 'body-header-required',
    step: 'major',
    reason: 'Parts that are sent without the header today are invalid.',
    matches: ({ kind, after }, keywords) =>
      kind === 'added' &&
      keywords.includes('encoding') &&
      (keywords.at(-1) === 'required' ? after === true : isRequiredHeader(after, keywords)),
  },
  {
    ruleId: 'serialization-changed',
    step: 'major',
    reason: 'Bodies have another form.',
    matches: (edit, keywords) =>
      keywords.some((keyword) => keyword === 'encoding' || keyword === 'xml') && isKept(edit),
  },
  {
    ruleId: 'callback-url-removed',
    step: 'major',
    reason: 'Requests are no longer sent to this URL.',
    matches: ({ kind }, keywords) => kind === 'removed' && keywords.at(-2) === 'callbacks',
  },
  {
    ruleId: 'unread-operation-changed',
    step: 'major',
    reason: 'The tools do not read the requests of this operation, so every change of them counts as breaking.',
    matches: (edit, keywords) => isUnread(edit, keywords) && isKept(edit),
  },
  {
    ruleId: 'component-moved',
    step: 'patch',
    reason: 'The name is used only within the description. What refers to it is a change of its own.',
    matches: ({ kind, base: [root, section] }, keywords) =>
      (kind === 'added' || kind === 'removed') &&
      root === 'components' &&
      keywords.length === 2 &&
      !['schemas', 'securitySchemes'].includes(section ?? ''),
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
  return [one, other].map((text) => `${start > 0 ? '…' : ''}${shorten(text.slice(start), MAX_VALUE)}`).join(' → ');
}

/** Returns whether an edit changes the version of the description, which the changes are compared with. */
export function isVersionEdit({ revision }: Edit): boolean {
  return revision.length === 2 && revision[0] === 'info' && revision[1] === 'version';
}
