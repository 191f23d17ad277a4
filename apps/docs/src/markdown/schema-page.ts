import { schemaBlocks } from './bodies.ts';
import { exampleSection, findExamples } from './examples.ts';
import { asObject, type OpenApiDocument } from './openapi.ts';
import { heading, render } from './render.ts';

/**
 * Returns the page of a component schema: its type, its members and its examples.
 *
 * @throws Error if the description has no schema of this name.
 * @example
 * renderSchema(document, 'Pet'); // # Pet …
 */
export function renderSchema(document: OpenApiDocument, name: string): string {
  const schemas = asObject(asObject(document.components).schemas);
  if (!Object.hasOwn(schemas, name)) throw new Error(`The description has no schema "${name}".`);
  const schema = { $ref: `#/components/schemas/${name}` };
  return render([
    heading(1, name),
    ...schemaBlocks(document, schema, 2),
    ...findExamples(document, { schema }).flatMap((example) =>
      exampleSection(example, { mediaType: 'application/json', depth: 2 }),
    ),
  ]);
}
