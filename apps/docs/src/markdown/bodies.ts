import { asObject, type JsonObject, listEntries } from '@firstofficer/openapi';
import type { RootContent } from 'mdast';
import { type DocumentedExample, findExamples, renderExample } from './examples.ts';
import { describeConstraints, renderMembers } from './members.ts';
import { renderProse } from './prose.ts';
import { heading, inlineCode, join, paragraph, renderMarkdown, table } from './render.ts';
import { describeType, mergeSchema } from './schema.ts';

/** Returns a section for each content type of a body, with its type, members and examples. */
export function renderBodies(
  document: JsonObject,
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
  return listEntries(document, content).flatMap(([mediaType, media]) => [
    heading(depth, 'Body ', inlineCode(mediaType)),
    ...(media.schema === undefined ? [] : renderSchema(document, media.schema, depth + 1)),
    ...renderEncoding(document, media),
    ...findExamples(document, media).flatMap((example) =>
      renderExample(example, { mediaType, depth: depth + 1, before: beforeExample(example) }),
    ),
  ]);
}

/** Returns a schema's description, its type with its constraints, and the table of its members. */
function renderSchema(document: JsonObject, schema: unknown, depth: number): RootContent[] {
  const { keywords } = mergeSchema(document, schema);
  // Examples have separate sections.
  const { example, examples, ...others } = keywords;
  const phrases = describeConstraints(document, others);
  return [
    ...renderProse(keywords.description, depth),
    paragraph('Type: ', ...join([[describeType(document, schema)], ...phrases], ', ')),
    ...renderMembers(document, schema),
  ];
}

function renderEncoding(document: JsonObject, { encoding }: JsonObject): RootContent[] {
  const rows = listEntries(document, encoding).map(([name, { headers, ...rest }]) => [
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

/** Returns the page of a component schema: its type, its members and its examples. */
export function renderSchemaPage(document: JsonObject, name: string): string {
  const schema = { $ref: `#/components/schemas/${name}` };
  return renderMarkdown([
    heading(1, name),
    ...renderSchema(document, schema, 2),
    ...findExamples(document, { schema }).flatMap((example) =>
      renderExample(example, { mediaType: 'application/json', depth: 2 }),
    ),
  ]);
}
