import type { RootContent } from 'mdast';
import { asString, type JsonObject, type OpenApiDocument, resolvedEntries } from './openapi.ts';
import { prose } from './prose.ts';
import { code, heading, link, paragraph } from './render.ts';
import { mergeSchema } from './schema.ts';

/** A documented example of a parameter or a body. */
export interface DocumentedExample {
  /** Undefined for an example without a name. */
  readonly name: string | undefined;
  readonly title: string;
  readonly description: string;
  readonly value: unknown;
  /** The URL of the value, if the value is not in the description. Otherwise empty. */
  readonly externalValue: string;
}

/** Returns the examples of a parameter or of a media type. If there are none, returns the examples of its schema. */
export function findExamples(document: OpenApiDocument, holder: JsonObject): DocumentedExample[] {
  const named = resolvedEntries(document, holder.examples);
  if (named.length > 0)
    return named.map(([name, example]) => ({ ...readExample(example), name, title: titleOf(name, example) }));
  const { example, examples } = mergeSchema(document, holder.schema).keywords;
  const values = 'example' in holder ? [holder.example] : Array.isArray(examples) ? examples : [example];
  return values
    .filter((value) => value !== undefined)
    .map((value, index) => ({
      ...readExample({ value }),
      title: values.length > 1 ? `Example ${index + 1}` : 'Example',
    }));
}

/** Returns a section for an example of a body. */
export function exampleSection(
  example: DocumentedExample,
  {
    mediaType,
    depth,
    before = [],
  }: { readonly mediaType: string; readonly depth: number; readonly before?: RootContent[] },
): RootContent[] {
  const { title, description, value, externalValue } = example;
  return [
    heading(depth, title),
    ...prose(description, depth + 1),
    ...before,
    ...(externalValue === '' ? [] : [paragraph('At ', link(externalValue), '.')]),
    ...(value === undefined ? [] : [valueBlock(value, mediaType)]),
  ];
}

function valueBlock(value: unknown, mediaType: string): RootContent {
  // A string is shown as it is sent. In JSON it has quotation marks.
  if (typeof value !== 'string' || isJson(mediaType)) return code(JSON.stringify(value, null, 2), 'json');
  return code(value, /\bxml$/.test(mediaType) ? 'xml' : '');
}

function isJson(mediaType: string): boolean {
  return /[/+]json\b/i.test(mediaType);
}

function readExample({ description, value, externalValue }: JsonObject): DocumentedExample {
  return {
    name: undefined,
    title: '',
    description: asString(description),
    value,
    externalValue: asString(externalValue),
  };
}

function titleOf(name: string, { summary }: JsonObject): string {
  return asString(summary) || name;
}
