import { type FoundOperation, listOperations, operationList } from './find-operation.ts';
import { asArray, asObject, asString, type JsonObject, type OpenApiDocument } from './openapi.ts';
import { prose } from './prose.ts';
import { heading, link, paragraph, render } from './render.ts';

/**
 * Returns the page of a tag: its description and its operations.
 *
 * @throws Error if the description has no tag of this name.
 * @example
 * renderTag(document, 'Pets'); // # Pets …
 */
export function renderTag(document: OpenApiDocument, name: string): string {
  const tag = listTagObjects(document).find((each) => each.name === name);
  if (!tag) throw new Error(`The description has no tag "${name}".`);
  const { url, description } = asObject(tag.externalDocs);
  const operations = operationsOfTag(document, name);
  return render([
    heading(1, tagTitle(tag)),
    ...prose(tag.description, 2),
    ...(asString(url) === ''
      ? []
      : [paragraph('See also: ', link(asString(url), asString(description) || asString(url)))]),
    ...(operations.length === 0 ? [] : [heading(2, 'Operations'), ...operationList(operations)]),
  ]);
}

/** Returns every tag: first those that the document declares, then those that only operations use. */
export function listTagObjects(document: OpenApiDocument): JsonObject[] {
  const described = asArray(document.tags).map(asObject);
  const used = listOperations(document).flatMap(({ operation }) => asArray(operation.tags));
  const others = [...new Set(used)].filter((name) => !described.some((tag) => tag.name === name));
  return [...described, ...others.map((name) => ({ name }))];
}

/** Returns the title of a tag: its display name, else its name. */
export function tagTitle(tag: JsonObject): string {
  return asString(tag['x-displayName']) || String(tag.name);
}

function operationsOfTag(document: OpenApiDocument, name: string): FoundOperation[] {
  return listOperations(document).filter(({ operation }) => asArray(operation.tags).includes(name));
}
