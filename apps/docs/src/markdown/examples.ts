import { asString, type JsonObject, listEntries } from '@firstofficer/openapi';
import type { RootContent } from 'mdast';
import { renderProse } from './prose.ts';
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
export function findExamples(document: JsonObject, holder: JsonObject): DocumentedExample[] {
  const named = listEntries(document, holder.examples);
  if (named.length > 0) {
    return named.map(([name, example]) => ({
      ...readExample(example),
      name,
      title: asString(example.summary) || name,
    }));
  }
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
export function renderExample(
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
    ...renderProse(description, depth + 1),
    ...before,
    ...(externalValue === '' ? [] : [paragraph('At ', link(externalValue), '.')]),
    ...(value === undefined ? [] : [renderValue(value, mediaType)]),
  ];
}

function renderValue(value: unknown, mediaType: string): RootContent {
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
