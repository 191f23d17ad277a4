import { givenExamples } from '../markdown/examples.ts';
import { type JsonObject, type OpenApiDocument, resolve } from '../markdown/openapi.ts';

/** What a parameter or a body is in the example of a name, else in the first one; undefined if none is documented. */
export function exampleOf(document: OpenApiDocument, holder: JsonObject, name: string | undefined): unknown {
  const examples = givenExamples(document, resolve(document, holder));
  const found = examples.find((example) => name !== undefined && example.name === name) ?? examples[0];
  return found?.value;
}

/** An example's value as it is sent. */
export function exampleText(value: unknown, indent?: number): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, indent);
}
