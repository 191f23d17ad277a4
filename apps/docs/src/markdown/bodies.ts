import type { RootContent } from 'mdast';
import { type DocumentedExample, exampleSection, findExamples } from './examples.ts';
import { constraintsOf, membersTable } from './members.ts';
import { asObject, type JsonObject, type OpenApiDocument, resolvedEntries } from './openapi.ts';
import { prose } from './prose.ts';
import { heading, inlineCode, join, paragraph, table } from './render.ts';
import { mergeSchema } from './schema.ts';
import { typeName } from './type-name.ts';

/** Returns a section for each content type of a body, with its type, members and examples. */
export function bodySections(
  document: OpenApiDocument,
  {
    content,
    depth,
    beforeExample = () => [],
  }: {
    readonly content: unknown;
    readonly depth: number;
    /** Returns the blocks to show before an example. */
    readonly beforeExample?: (example: DocumentedExample) => RootContent[];
  },
): RootContent[] {
  return resolvedEntries(document, content).flatMap(([mediaType, media]) => [
    heading(depth, 'Body ', inlineCode(mediaType)),
    ...(media.schema === undefined ? [] : schemaBlocks(document, media.schema, depth + 1)),
    ...encodingTable(document, media),
    ...findExamples(document, media).flatMap((example) =>
      exampleSection(example, { mediaType, depth: depth + 1, before: beforeExample(example) }),
    ),
  ]);
}

/** Returns a schema's description, its type with its constraints, and the table of its members. */
export function schemaBlocks(document: OpenApiDocument, schema: unknown, depth: number): RootContent[] {
  const { keywords } = mergeSchema(document, schema);
  // Examples have separate sections.
  const { example, examples, ...others } = keywords;
  const phrases = constraintsOf(document, others);
  return [
    ...prose(keywords.description, depth),
    paragraph('Type: ', ...join([[typeName(document, schema)], ...phrases], ', ')),
    ...membersTable(document, schema),
  ];
}

function encodingTable(document: OpenApiDocument, { encoding }: JsonObject): RootContent[] {
  const rows = resolvedEntries(document, encoding).map(([name, { headers, ...rest }]) => [
    [inlineCode(name)],
    join(
      [
        ...Object.entries(rest).map(([keyword, value]) => [`${keyword} `, inlineCode(String(value))]),
        ...Object.keys(asObject(headers)).map((header) => ['header ', inlineCode(header)]),
      ],
      ', ',
    ),
  ]);
  return table(['Part', 'Sent as'], rows);
}
