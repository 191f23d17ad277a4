import { allOperations, type FoundOperation, operationList } from './find-operation.ts';
import { type JsonObject, listIn, type OpenApiDocument, objectIn, textIn } from './openapi.ts';
import { prose } from './prose.ts';
import { heading, link, paragraph, render } from './render.ts';

/**
 * Returns the page of a tag: its description and its operations.
 *
 * @throws Error if the description has no tag of this name.
 * @example
 * tagMarkdown(document, 'Pets'); // # Pets …
 */
export function tagMarkdown(document: OpenApiDocument, name: string): string {
  const tag = allTags(document).find((each) => each.name === name);
  if (!tag) throw new Error(`The description has no tag "${name}".`);
  const { url, description } = objectIn(tag.externalDocs);
  const operations = operationsOfTag(document, name);
  return render([
    heading(1, tagTitle(tag)),
    ...prose(tag.description, 2),
    ...(textIn(url) === '' ? [] : [paragraph('See also: ', link(textIn(url), textIn(description) || textIn(url)))]),
    ...(operations.length === 0 ? [] : [heading(2, 'Operations'), ...operationList(operations)]),
  ]);
}

/** Returns every tag: first those that the document declares, then those that only operations use. */
export function allTags(document: OpenApiDocument): JsonObject[] {
  const described = listIn(document.tags).map(objectIn);
  const used = allOperations(document).flatMap(({ operation }) => listIn(operation.tags));
  const others = [...new Set(used)].filter((name) => !described.some((tag) => tag.name === name));
  return [...described, ...others.map((name) => ({ name }))];
}

/** Returns the title of a tag: its display name, else its name. */
export function tagTitle(tag: JsonObject): string {
  return textIn(tag['x-displayName']) || String(tag.name);
}

function operationsOfTag(document: OpenApiDocument, name: string): FoundOperation[] {
  return allOperations(document).filter(({ operation }) => listIn(operation.tags).includes(name));
}
