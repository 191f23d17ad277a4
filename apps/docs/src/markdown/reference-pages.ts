import { renderAuthentication } from './authentication.ts';
import { listOperations, operationTitle } from './find-operation.ts';
import { renderIntroduction } from './introduction.ts';
import { asObject, asString, type OpenApiDocument } from './openapi.ts';
import { renderOperation } from './operation.ts';
import { firstParagraph } from './prose.ts';
import { mergeSchema } from './schema.ts';
import { renderSchema } from './schema-page.ts';
import { listTagObjects, renderTag, tagTitle } from './tag.ts';

/**
 * A page of a reference.
 *
 * @example
 * const page: ReferencePage = { kind: 'schema', name: 'Pet', title: 'Pet', description: 'A pet.', markdown: '# Pet\n' };
 */
interface ReferencePage {
  readonly kind: 'introduction' | 'authentication' | 'tag' | 'operation' | 'schema';
  /** The method and path of an operation, or the name of a tag or schema. Otherwise empty. */
  readonly name: string;
  readonly title: string;
  /** One line of plain text. */
  readonly description: string;
  readonly markdown: string;
}

/**
 * Returns every reference page of a description, in reading order.
 *
 * @throws Error if the target of a reference does not exist.
 * @example
 * for (const { title, markdown } of renderReferencePages(document)) console.log(title, markdown.length);
 */
export function renderReferencePages(document: OpenApiDocument): ReferencePage[] {
  const info = asObject(document.info);
  const { schemas, securitySchemes } = asObject(document.components);
  return [
    {
      kind: 'introduction',
      name: '',
      title: asString(info.title),
      description: asString(info.summary) || firstParagraph(info.description),
      markdown: renderIntroduction(document),
    },
    ...(securitySchemes === undefined ? [] : [authenticationPage(document)]),
    ...listTagObjects(document).map((tag) => ({
      kind: 'tag' as const,
      name: String(tag.name),
      title: tagTitle(tag),
      description: firstParagraph(tag.description),
      markdown: renderTag(document, String(tag.name)),
    })),
    ...listOperations(document).map((found) => ({
      kind: 'operation' as const,
      name: `${found.method} ${found.path}`,
      title: operationTitle(found),
      description: firstParagraph(found.operation.description),
      markdown: renderOperation(document, found),
    })),
    ...Object.entries(asObject(schemas)).map(([name, schema]) => ({
      kind: 'schema' as const,
      name,
      title: name,
      description: firstParagraph(mergeSchema(document, schema).keywords.description),
      markdown: renderSchema(document, name),
    })),
  ];
}

function authenticationPage(document: OpenApiDocument): ReferencePage {
  const names = Object.keys(asObject(asObject(document.components).securitySchemes));
  return {
    kind: 'authentication',
    name: '',
    title: 'Authentication',
    description: `How requests carry credentials: ${names.join(', ')}.`,
    markdown: renderAuthentication(document),
  };
}
