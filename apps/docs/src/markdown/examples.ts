import type { RootContent } from 'mdast';
import { type JsonObject, namedIn, type OpenApiDocument, textIn } from './openapi.ts';
import { prose } from './prose.ts';
import { code, heading, link, paragraph } from './render.ts';
import { wholeSchema } from './schema.ts';

/** An example that the description gives of a parameter or a body. */
export interface GivenExample {
  /** Undefined for the one of an unnamed example. */
  readonly name: string | undefined;
  readonly title: string;
  readonly description: string;
  readonly value: unknown;
  /** Where the value lies, if it is not in the description. */
  readonly externalValue: string;
}

/** The examples of a parameter or of a body in one content type; else those of its schema. */
export function givenExamples(document: OpenApiDocument, holder: JsonObject): GivenExample[] {
  const named = namedIn(document, holder.examples);
  if (named.length > 0)
    return named.map(([name, example]) => ({ ...readExample(example), name, title: titleOf(name, example) }));
  const { example, examples } = wholeSchema(document, holder.schema).keywords;
  const values = 'example' in holder ? [holder.example] : Array.isArray(examples) ? examples : [example];
  return values
    .filter((value) => value !== undefined)
    .map((value, index) => ({
      ...readExample({ value }),
      title: values.length > 1 ? `Example ${index + 1}` : 'Example',
    }));
}

/** An example of a body as a section of its own. */
export function exampleSection(example: GivenExample, mediaType: string, depth: number, before: RootContent[] = []) {
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
  // A text that is no JSON is written as it is sent; where JSON is sent, a text is a JSON text.
  if (typeof value !== 'string' || isJson(mediaType)) return code(JSON.stringify(value, null, 2), 'json');
  return code(value, /\bxml$/.test(mediaType) ? 'xml' : '');
}

function isJson(mediaType: string): boolean {
  return /[/+]json\b/i.test(mediaType);
}

function readExample({ description, value, externalValue }: JsonObject): GivenExample {
  return {
    name: undefined,
    title: '',
    description: textIn(description),
    value,
    externalValue: textIn(externalValue),
  };
}

function titleOf(name: string, { summary }: JsonObject): string {
  return textIn(summary) || name;
}
