import { authenticationMarkdown } from './authentication.ts';
import { allOperations, operationTitle } from './find-operation.ts';
import { introductionMarkdown } from './introduction.ts';
import { type OpenApiDocument, objectIn, textIn } from './openapi.ts';
import { operationMarkdown } from './operation.ts';
import { firstParagraph } from './prose.ts';
import { wholeSchema } from './schema.ts';
import { schemaMarkdown } from './schema-page.ts';
import { allTags, tagMarkdown, tagTitle } from './tag.ts';

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
 * for (const { title, markdown } of referencePages(document)) console.log(title, markdown.length);
 */
export function referencePages(document: OpenApiDocument): ReferencePage[] {
  const info = objectIn(document.info);
  const { schemas, securitySchemes } = objectIn(document.components);
  return [
    {
      kind: 'introduction',
      name: '',
      title: textIn(info.title),
      description: textIn(info.summary) || firstParagraph(info.description),
      markdown: introductionMarkdown(document),
    },
    ...(securitySchemes === undefined ? [] : [authenticationPage(document)]),
    ...allTags(document).map((tag) => ({
      kind: 'tag' as const,
      name: String(tag.name),
      title: tagTitle(tag),
      description: firstParagraph(tag.description),
      markdown: tagMarkdown(document, String(tag.name)),
    })),
    ...allOperations(document).map((found) => ({
      kind: 'operation' as const,
      name: `${found.method} ${found.path}`,
      title: operationTitle(found),
      description: firstParagraph(found.operation.description),
      markdown: operationMarkdown(document, found),
    })),
    ...Object.entries(objectIn(schemas)).map(([name, schema]) => ({
      kind: 'schema' as const,
      name,
      title: name,
      description: firstParagraph(wholeSchema(document, schema).keywords.description),
      markdown: schemaMarkdown(document, name),
    })),
  ];
}

function authenticationPage(document: OpenApiDocument): ReferencePage {
  const names = Object.keys(objectIn(objectIn(document.components).securitySchemes));
  return {
    kind: 'authentication',
    name: '',
    title: 'Authentication',
    description: `How requests carry credentials: ${names.join(', ')}.`,
    markdown: authenticationMarkdown(document),
  };
}
