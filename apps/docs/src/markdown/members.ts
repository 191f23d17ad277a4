import { asArray, asObject, asString, type JsonObject } from '@firstofficer/openapi';
import type { RootContent } from 'mdast';
import { describeKeywords } from './constraints.ts';
import { renderOneLine } from './prose.ts';
import { inlineCode, join, type Phrase, table } from './render.ts';
import { describeType, findSchemaName, listVariants, type MergedSchema, mergeSchema } from './schema.ts';

/** A nested value, such as a member of an object or an item of an array. */
export interface Member {
  /** The path to the value, such as `pets[].name`. */
  readonly name: string;
  readonly schema: unknown;
  /** Undefined for items and additional members, which cannot be required. */
  readonly isRequired: boolean | undefined;
  readonly constraints: readonly Phrase[];
}

/** The head of a table of members. */
export const MEMBER_HEAD = ['Name', 'Type', 'Required', 'Constraints', 'Description'] as const;

/** Returns a table of all members of a schema, including nested ones. Empty if there are none. */
export function renderMembers(document: JsonObject, schema: unknown): RootContent[] {
  return table(
    MEMBER_HEAD,
    listMembers(document, schema).map((member) => formatMember(document, member)),
  );
}

/** Returns the cells of a member. By default, its description is that of its schema. */
export function formatMember(
  document: JsonObject,
  { name, schema, isRequired, constraints }: Member,
  description = mergeSchema(document, schema).keywords.description,
): Phrase[] {
  return [
    [inlineCode(name)],
    [describeType(document, schema)],
    [formatRequired(isRequired)],
    join(constraints, ', '),
    renderOneLine(description),
  ];
}

function formatRequired(isRequired: boolean | undefined): string {
  if (isRequired === undefined) return '';
  return isRequired ? 'yes' : 'no';
}

/** Returns all members of a schema, including nested ones. Recursive schemas are expanded only once. */
export function listMembers(document: JsonObject, schema: unknown, name = ''): Member[] {
  return listNestedMembers(document, mergeSchema(document, schema), { name, ancestors: new Set() });
}

function listNestedMembers(
  document: JsonObject,
  { keywords, references }: MergedSchema,
  { name, ancestors }: { readonly name: string; readonly ancestors: ReadonlySet<string> },
): Member[] {
  if ([...references].some((reference) => ancestors.has(reference))) return [];
  const nextAncestors = new Set([...ancestors, ...references]);
  const expand = (entry: Omit<Member, 'constraints'>): Member[] => {
    const merged = mergeSchema(document, entry.schema);
    const { example, examples, ...others } = merged.keywords;
    // A named object schema has its own page, which shows its example.
    const hasOwnPage = others.properties !== undefined && findSchemaName(document, entry.schema) !== undefined;
    const own = { ...entry, constraints: describeConstraints(document, hasOwnPage ? others : merged.keywords) };
    return [own, ...listNestedMembers(document, merged, { name: entry.name, ancestors: nextAncestors })];
  };
  const items =
    keywords.items === undefined ? [] : expand({ name: `${name}[]`, schema: keywords.items, isRequired: undefined });
  // The array's type already names the type of its items. They need a row only if there is more to show.
  if (isDescribedByType(document, items[0])) items.shift();
  return [
    ...listProperties(keywords, name).flatMap(expand),
    ...items,
    ...asArray(keywords.prefixItems).flatMap((schema, index) =>
      expand({ name: `${name}[${index}]`, schema, isRequired: undefined }),
    ),
    ...listVariants(keywords).flatMap((variant, index) =>
      listNestedMembers(document, mergeSchema(document, variant), { name, ancestors: nextAncestors }).map((member) => ({
        ...member,
        constraints: [
          ['in ', inlineCode(findVariantName(document, variant) ?? `variant ${index + 1}`)],
          ...member.constraints,
        ],
      })),
    ),
  ];
}

function listProperties(keywords: JsonObject, name: string): Omit<Member, 'constraints'>[] {
  const required = asArray(keywords.required);
  const prefix = name === '' ? '' : `${name}.`;
  return [
    ...Object.entries(asObject(keywords.properties)).map(([member, schema]) => ({
      name: prefix + member,
      schema,
      isRequired: required.includes(member),
    })),
    ...Object.entries(asObject(keywords.patternProperties)).map(([pattern, schema]) => ({
      name: `${prefix}/${pattern}/`,
      schema,
      isRequired: undefined,
    })),
    ...(Object.keys(asObject(keywords.additionalProperties)).length > 0
      ? [{ name: `${prefix}*`, schema: keywords.additionalProperties, isRequired: undefined }]
      : []),
  ];
}

/** Returns the constraints of a schema, including its variants if the type does not list them. */
export function describeConstraints(document: JsonObject, keywords: JsonObject): Phrase[] {
  const hasVariantsInType =
    keywords.type === undefined && !listVariants(keywords).some((each) => describeType(document, each) === 'any');
  const shown = hasVariantsInType
    ? []
    : (['oneOf', 'anyOf'] as const).filter((keyword) => keywords[keyword] !== undefined);
  return [
    ...describeKeywords(keywords),
    ...shown.map((keyword) => describeVariants(document, keyword, keywords[keyword])),
  ];
}

function describeVariants(document: JsonObject, keyword: 'oneOf' | 'anyOf', variants: unknown): Phrase {
  const names = asArray(variants).map((variant) => findVariantName(document, variant));
  if (names.includes(undefined)) return [inlineCode(`${keyword}: ${JSON.stringify(variants)}`)];
  const named = names.map((name) => [inlineCode(name ?? '')]);
  return [keyword === 'oneOf' ? 'exactly one of ' : 'at least one of ', ...join(named, ', ')];
}

function isDescribedByType(document: JsonObject, member: Member | undefined): boolean {
  if (member === undefined || member.constraints.length > 0) return false;
  return mergeSchema(document, member.schema).keywords.description === undefined;
}

function findVariantName(document: JsonObject, variant: unknown): string | undefined {
  return findSchemaName(document, variant) ?? (asString(mergeSchema(document, variant).keywords.title) || undefined);
}
