import { schemaBlocks } from './bodies.ts';
import { exampleSection, givenExamples } from './examples.ts';
import { type OpenApiDocument, objectIn } from './openapi.ts';
import { heading, render } from './render.ts';

/**
 * The page of a schema of the components: its type, all of its members, its examples.
 *
 * @throws Error if no schema of the description is called this.
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
