import { Markup, type MarkupValue, markup } from '@firstofficer/common/markup';
import { asArray, asObject, type Deprecation, type JsonObject, readDeprecation } from '@firstofficer/openapi';
import type { DocumentedExample } from '../markdown/examples.ts';
import { describeConstraints } from '../markdown/members.ts';
import type { Phrase } from '../markdown/render.ts';
import { describeType, findSchemaName, listVariants, mergeSchema } from '../markdown/schema.ts';
import type { ListedMember } from './clean.ts';
import { DEPRECATED_MARK, renderDeprecation } from './deprecation.ts';

/** What the rows of a page need. */
export interface RowContext {
  readonly document: JsonObject;
  /** Makes the IDs of the page unique. */
  readonly toUniqueId: (id: string) => string;
  /** Returns the URL of the page of a schema, or undefined if it has none. */
  readonly findUrl: (schema: string) => string | undefined;
  /** Returns the URL of what replaces the row with an ID, or undefined if the site does not show it. */
  readonly findReplacement: (name: string, id: string) => string | undefined;
  /** Whether the rows are about what the reader sends. */
  readonly isInput?: boolean;
}

/** A member with its schema. */
export interface MemberSource {
  readonly schema: unknown;
  readonly isRequired: boolean;
  /** Only if the parameter or header is deprecated. That of a member is part of its schema. */
  readonly deprecation?: Deprecation | undefined;
  /** The examples of a parameter or header. */
  readonly examples?: readonly DocumentedExample[];
}

/** Returns a member: its name, its type, whether it is required, its description, its limits, and nested members. */
export function renderMember(
  context: RowContext,
  { id, name, description, members }: ListedMember,
  source: MemberSource,
): Markup {
  const { schema, isRequired, examples = [] } = source;
  const uniqueId = context.toUniqueId(id);
  const count = `${members.length} ${members.length === 1 ? 'member' : 'members'} of `;
  const details =
    members.length === 0
      ? undefined
      : markup`<details class="members" open><summary>${count}<code>${name}</code></summary>${renderMembers(context, members, schema)}</details>`;
  const deprecation = source.deprecation ?? readDeprecation(mergeSchema(context.document, schema).keywords);
  const mark = deprecation && markup` ${DEPRECATED_MARK}`;
  const deprecated = deprecation && renderDeprecation(deprecation, renderReplacement(context, deprecation, id));
  return markup`<div class="member" id="${uniqueId}"><div class="member-row"><a class="anchor" href="#${uniqueId}" aria-label="Link to ${name}"></a><code class="member-name">${name}</code> <span class="member-type">${renderType(context, schema)}</span>${mark}${isRequired ? markup` <span class="member-required">required</span>` : undefined}</div>${deprecated}${description}${renderLimits(context, schema, description)}${renderExamples(name, examples, context.isInput)}${details}</div>`;
}

function renderReplacement(
  { findReplacement }: RowContext,
  { replacedBy }: Deprecation,
  id: string,
): Markup | undefined {
  if (replacedBy === undefined) return undefined;
  const url = findReplacement(replacedBy, id);
  const name = markup`<code>${replacedBy}</code>`;
  return url === undefined ? name : markup`<a href="${url}">${name}</a>`;
}

/** Returns the members of an object, or of the objects in an array. */
export function renderMembers(context: RowContext, members: readonly ListedMember[], schema: unknown): Markup[] {
  return members.map((member) => renderMember(context, member, findMember(context.document, schema, member.name)));
}

function findMember(document: JsonObject, schema: unknown, name: string): MemberSource {
  const { keywords } = mergeSchema(document, schema);
  const { properties, patternProperties, additionalProperties, items, required } = keywords;
  const found = asObject(properties)[name] ?? asObject(patternProperties)[name.replace(/^\/|\/$/g, '')];
  if (found !== undefined) return { schema: found, isRequired: asArray(required).includes(name) };
  const others = [...(items === undefined ? [] : [items]), ...listVariants(keywords)];
  const [variant] = others.map((other) => findMember(document, other, name)).filter((other) => other.schema !== true);
  return variant ?? { schema: additionalProperties ?? true, isRequired: false };
}

/** Returns the type of a schema: the name of its page, or its type in words. */
export function renderType({ document, findUrl }: RowContext, schema: unknown): Markup {
  const { keywords } = mergeSchema(document, schema);
  const isArray = keywords.type === 'array' && keywords.items !== undefined;
  const name = findSchemaName(document, isArray ? keywords.items : schema);
  const url = name && findUrl(name);
  if (!url) return markup`${describeType(document, schema)}`;
  const kind = isArray ? 'array of ' : `${describeType(document, keywords)} · `;
  return markup`${kind}<a href="${url}">${name}</a>`;
}

/** Returns the limits of a schema that readers can use. The description may already say some of them. */
export function renderLimits(
  { document, isInput = false }: Pick<RowContext, 'document' | 'isInput'>,
  schema: unknown,
  description: Markup,
): Markup | undefined {
  const { example, examples, deprecated, ...keywords } = mergeSchema(document, schema).keywords;
  const limits = describeConstraints(document, keywords)
    .map((limit) => markup`${renderPhrase(limit)}`)
    // A reader of a response expects no count to be negative.
    .filter((limit) => (isInput || limit.text !== 'at least 0') && !says(description, limit));
  if (limits.length === 0) return undefined;
  return markup`<ul class="limits">${limits.map((limit) => markup`<li>${limit}</li>`)}</ul>`;
}

/** Returns whether a description has the words of a limit, such as "Always `customer`". */
function says(description: Markup, limit: Markup): boolean {
  const [text = '', words = ''] = [description, limit].map((html) => html.text.replace(/<[^>]*>/g, ''));
  const pattern = words
    .replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
    .replace(/^[a-z]/, (first) => `[${first}${first.toUpperCase()}]`);
  return new RegExp(`(?<![\\p{L}\\p{N}_])${pattern}(?![\\p{L}\\p{N}_]|[.,]\\d)`, 'u').test(text.replace(/\s+/g, ' '));
}

/** Returns a phrase, such as `1 to 40 characters`, as HTML. */
export function renderPhrase(phrase: Phrase): MarkupValue {
  return phrase.map((part) => {
    if (typeof part === 'string') return part;
    return part.type === 'inlineCode' ? markup`<code>${part.value}</code>` : undefined;
  });
}

function renderExamples(name: string, examples: readonly DocumentedExample[], isInput = false): Markup | undefined {
  const [first] = examples;
  if (!first) return undefined;
  if (examples.length === 1 && first.name === undefined) {
    return markup`<p class="example">Example: ${renderValue(first)}</p>`;
  }
  const rows = examples.map((example) => {
    const button = markup`<td><button type="button" class="try-example" data-parameter="${name}" data-value="${formatValue(example)}">Try</button></td>`;
    return markup`<tr><td>${renderValue(example)}</td><td>${example.title}</td>${isInput ? button : undefined}</tr>`;
  });
  const head = isInput ? markup`<th scope="col"><span class="visually-hidden">Send it</span></th>` : undefined;
  return markup`<table class="examples"><thead><tr><th scope="col">Example</th><th scope="col">What it is</th>${head}</tr></thead><tbody>${rows}</tbody></table>`;
}

function renderValue(example: DocumentedExample): Markup {
  const value = formatValue(example);
  return value === '' ? new Markup('<em>(empty)</em>') : markup`<code>${value}</code>`;
}

function formatValue({ value, externalValue }: DocumentedExample): string {
  if (value === undefined) return externalValue;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
