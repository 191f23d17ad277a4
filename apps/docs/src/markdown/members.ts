import type { RootContent } from 'mdast';
import { constraints, type Phrase } from './constraints.ts';
import { type JsonObject, listIn, type OpenApiDocument, objectIn, textIn } from './openapi.ts';
import { oneLine } from './prose.ts';
import { inlineCode, joined, table } from './render.ts';
import { schemaName, type WholeSchema, wholeSchema } from './schema.ts';
import { typeName, variantsOf } from './type-name.ts';

/** A value within another, such as a member of an object. */
export interface Member {
  /** Where it is, such as `pets[].name`. */
  readonly name: string;
  readonly schema: unknown;
  /** Undefined where there is nothing to demand: an object has as many other members as it likes. */
  readonly required: boolean | undefined;
  readonly constraints: readonly Phrase[];
}

/** The table of all members of a schema, however deep; empty if it has none. */
export function membersTable(document: OpenApiDocument, schema: unknown): RootContent[] {
  const rows = membersOf(document, schema).map((member) => [
    [inlineCode(member.name)],
    [typeName(document, member.schema)],
    [requiredWord(member.required)],
    joined(member.constraints, ', '),
    oneLine(wholeSchema(document, member.schema).keywords.description),
  ]);
  return table(['Name', 'Type', 'Required', 'Constraints', 'Description'], rows);
}

export function requiredWord(required: boolean | undefined): string {
  if (required === undefined) return '';
  return required ? 'yes' : 'no';
}

/** All members of a schema, however deep: an object that is within itself is not entered again. */
export function membersOf(document: OpenApiDocument, schema: unknown, name = ''): Member[] {
  return within(document, wholeSchema(document, schema), name, new Set());
}

function within(
  document: OpenApiDocument,
  { keywords, references }: WholeSchema,
  name: string,
  above: ReadonlySet<string>,
): Member[] {
  if ([...references].some((reference) => above.has(reference))) return [];
  const entered = new Set([...above, ...references]);
  const members = (entry: Omit<Member, 'constraints'>): Member[] => {
    const whole = wholeSchema(document, entry.schema);
    const { example, examples, ...others } = whole.keywords;
    // An object with a name has a page of its own, which shows its example.
    const isElsewhere = others.properties !== undefined && schemaName(document, entry.schema) !== undefined;
    const own = { ...entry, constraints: constraintsOf(document, isElsewhere ? others : whole.keywords) };
    return [own, ...within(document, whole, entry.name, entered)];
  };
  const { items: each } = keywords;
  const items = each === undefined ? [] : members({ name: `${name}[]`, schema: each, required: undefined });
  // Of items, the type has told the kind: a row of their own tells what else there is.
  if (isBare(document, items[0])) items.shift();
  return [
    ...propertiesOf(keywords, name).flatMap(members),
    ...items,
    ...listIn(keywords.prefixItems).flatMap((schema, index) =>
      members({ name: `${name}[${index}]`, schema, required: undefined }),
    ),
    ...variantsOf(keywords).flatMap((variant, index) =>
      within(document, wholeSchema(document, variant), name, entered).map((member) => ({
        ...member,
        constraints: [
          ['in ', inlineCode(variantName(document, variant) ?? `variant ${index + 1}`)],
          ...member.constraints,
        ],
      })),
    ),
  ];
}

function propertiesOf(keywords: JsonObject, name: string): Omit<Member, 'constraints'>[] {
  const required = listIn(keywords.required);
  const below = name === '' ? '' : `${name}.`;
  return [
    ...Object.entries(objectIn(keywords.properties)).map(([member, schema]) => ({
      name: below + member,
      schema,
      required: required.includes(member),
    })),
    ...Object.entries(objectIn(keywords.patternProperties)).map(([pattern, schema]) => ({
      name: `${below}/${pattern}/`,
      schema,
      required: undefined,
    })),
    ...(Object.keys(objectIn(keywords.additionalProperties)).length > 0
      ? [{ name: `${below}*`, schema: keywords.additionalProperties, required: undefined }]
      : []),
  ];
}

/** What a schema demands, its variants among it where its type does not name them. */
export function constraintsOf(document: OpenApiDocument, keywords: JsonObject): Phrase[] {
  const told = keywords.type === undefined && !variantsOf(keywords).some((each) => typeName(document, each) === 'any');
  const untold = told ? [] : (['oneOf', 'anyOf'] as const).filter((keyword) => keywords[keyword] !== undefined);
  return [...constraints(keywords), ...untold.map((keyword) => variantsPhrase(document, keyword, keywords[keyword]))];
}

function variantsPhrase(document: OpenApiDocument, keyword: 'oneOf' | 'anyOf', variants: unknown): Phrase {
  const names = listIn(variants).map((variant) => variantName(document, variant));
  if (names.includes(undefined)) return [inlineCode(`${keyword}: ${JSON.stringify(variants)}`)];
  const named = names.map((name) => [inlineCode(name ?? '')]);
  return [keyword === 'oneOf' ? 'exactly one of ' : 'at least one of ', ...joined(named, ', ')];
}

function isBare(document: OpenApiDocument, member: Member | undefined): boolean {
  if (member === undefined || member.constraints.length > 0) return false;
  return wholeSchema(document, member.schema).keywords.description === undefined;
}

function variantName(document: OpenApiDocument, variant: unknown): string | undefined {
  return schemaName(document, variant) ?? (textIn(wholeSchema(document, variant).keywords.title) || undefined);
}
