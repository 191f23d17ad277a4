import { schemaBlocks } from './bodies.ts';
import { exampleSection, givenExamples } from './examples.ts';
import { type OpenApiDocument, objectIn } from './openapi.ts';
import { heading, render } from './render.ts';

/**
 * Returns the page of a component schema: its type, its members and its examples.
 *
 * @throws Error if the description has no schema of this name.
 * @example
 * schemaMarkdown(document, 'Pet'); // # Pet …
 */
export function schemaMarkdown(document: OpenApiDocument, name: string): string {
  const schemas = objectIn(objectIn(document.components).schemas);
  if (!Object.hasOwn(schemas, name)) throw new Error(`The description has no schema "${name}".`);
  const schema = { $ref: `#/components/schemas/${name}` };
  return render([
    heading(1, name),
    ...schemaBlocks(document, schema, 2),
    ...givenExamples(document, { schema }).flatMap((example) => exampleSection(example, 'application/json', 2)),
  ]);
}
