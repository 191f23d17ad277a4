import {
  asArray,
  asObject,
  asString,
  type JsonObject,
  listEntries,
  listOperations,
  type OperationEntry,
} from '@firstofficer/openapi';
import { renderAuthenticationPage } from './authentication.ts';
import { renderSchemaPage } from './bodies.ts';
import type { Phrase } from './constraints.ts';
import { formatOperationTitle, renderOperationList, renderOperationPage } from './operation.ts';
import { extractFirstParagraph, renderOneLine, renderProse } from './prose.ts';
import { heading, inlineCode, join, link, list, paragraph, renderMarkdown, table } from './render.ts';
import { mergeSchema } from './schema.ts';

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
export function renderReferencePages(document: JsonObject): ReferencePage[] {
  const info = asObject(document.info);
  const { schemas, securitySchemes } = asObject(document.components);
  return [
    {
      kind: 'introduction',
      name: '',
      title: asString(info.title),
      description: asString(info.summary) || extractFirstParagraph(info.description),
      markdown: renderIntroductionPage(document),
    },
    ...(securitySchemes === undefined ? [] : [buildAuthenticationPage(document)]),
    ...listTags(document).map((tag) => ({
      kind: 'tag' as const,
      name: String(tag.name),
      title: formatTagTitle(tag),
      description: extractFirstParagraph(tag.description),
      markdown: renderTagPage(document, String(tag.name)),
    })),
    ...listOperations(document).map((found) => ({
      kind: 'operation' as const,
      name: `${found.method} ${found.path}`,
      title: formatOperationTitle(found),
      description: extractFirstParagraph(found.definition.description),
      markdown: renderOperationPage(document, found),
    })),
    ...Object.entries(asObject(schemas)).map(([name, schema]) => ({
      kind: 'schema' as const,
      name,
      title: name,
      description: extractFirstParagraph(mergeSchema(document, schema).keywords.description),
      markdown: renderSchemaPage(document, name),
    })),
  ];
}

function buildAuthenticationPage(document: JsonObject): ReferencePage {
  const names = Object.keys(asObject(asObject(document.components).securitySchemes));
  return {
    kind: 'authentication',
    name: '',
    title: 'Authentication',
    description: `How requests carry credentials: ${names.join(', ')}.`,
    markdown: renderAuthenticationPage(document),
  };
}

/**
 * Returns the introduction page of an API: its description, its servers and its operations.
 *
 * @example
 * renderIntroductionPage(document); // # Pets …
 */
export function renderIntroductionPage(document: JsonObject): string {
  const info = asObject(document.info);
  const operations = listOperations(document);
  const servers = asArray(document.servers).map(asObject);
  return renderMarkdown([
    heading(1, asString(info.title)),
    ...(asString(info.summary) === '' ? [] : [paragraph(asString(info.summary))]),
    ...list(listFacts(info, asObject(document.externalDocs))),
    ...renderProse(info.description, 2),
    ...(servers.length === 0 ? [] : [heading(2, 'Servers'), ...list(servers.map(describeServer))]),
    ...table(
      ['Variable', 'Default', 'Values', 'Description'],
      servers.flatMap((server) => listEntries(document, server.variables).map(listVariableCells)),
    ),
    ...(operations.length === 0 ? [] : [heading(2, 'Operations'), ...renderOperationList(operations)]),
  ]);
}

function listFacts(info: JsonObject, externalDocs: JsonObject): Phrase[] {
  const { version, contact, license, termsOfService } = info;
  const { name, url, email } = asObject(contact);
  const { name: licenseName, url: licenseUrl } = asObject(license);
  const contacts = [
    ...(asString(url) === '' ? [[asString(name)]] : [[link(asString(url), asString(name) || asString(url))]]),
    ...(asString(email) === '' ? [] : [[link(`mailto:${asString(email)}`, asString(email))]]),
  ].filter(([phrase]) => phrase !== '');
  return [
    ['Version: ', String(version)],
    ...(contacts.length === 0 ? [] : [['Contact: ', ...join(contacts, ', ')]]),
    ...(asString(licenseName) === ''
      ? []
      : [
          [
            'License: ',
            asString(licenseUrl) === '' ? asString(licenseName) : link(asString(licenseUrl), asString(licenseName)),
          ],
        ]),
    ...(asString(termsOfService) === '' ? [] : [['Terms of service: ', link(asString(termsOfService))]]),
    ...(asString(externalDocs.url) === ''
      ? []
      : [
          [
            'See also: ',
            link(asString(externalDocs.url), asString(externalDocs.description) || asString(externalDocs.url)),
          ],
        ]),
  ];
}

function describeServer({ url, description }: JsonObject): Phrase {
  const text = renderOneLine(description);
  return [inlineCode(asString(url)), ...(text.length === 0 ? [] : [' — ', ...text])];
}

function listVariableCells([name, variable]: readonly [string, JsonObject]): Phrase[] {
  const values = asArray(variable.enum).map((value) => [inlineCode(String(value))]);
  return [
    [inlineCode(name)],
    [inlineCode(String(variable.default))],
    join(values, ', '),
    renderOneLine(variable.description),
  ];
}

/**
 * Returns the page of a tag: its description and its operations.
 *
 * @throws Error if the description has no tag of this name.
 * @example
 * renderTagPage(document, 'Pets'); // # Pets …
 */
export function renderTagPage(document: JsonObject, name: string): string {
  const tag = listTags(document).find((each) => each.name === name);
  if (!tag) throw new Error(`The description has no tag "${name}".`);
  const { url, description } = asObject(tag.externalDocs);
  const operations = listTagOperations(document, name);
  return renderMarkdown([
    heading(1, formatTagTitle(tag)),
    ...renderProse(tag.description, 2),
    ...(asString(url) === ''
      ? []
      : [paragraph('See also: ', link(asString(url), asString(description) || asString(url)))]),
    ...(operations.length === 0 ? [] : [heading(2, 'Operations'), ...renderOperationList(operations)]),
  ]);
}

/** Returns every tag: first those that the document declares, then those that only operations use. */
function listTags(document: JsonObject): JsonObject[] {
  const described = asArray(document.tags).map(asObject);
  const used = listOperations(document).flatMap(({ definition }) => asArray(definition.tags));
  const others = [...new Set(used)].filter((name) => !described.some((tag) => tag.name === name));
  return [...described, ...others.map((name) => ({ name }))];
}

/** Returns the title of a tag: its display name, else its name. */
function formatTagTitle(tag: JsonObject): string {
  return asString(tag['x-displayName']) || String(tag.name);
}

function listTagOperations(document: JsonObject, name: string): OperationEntry[] {
  return listOperations(document).filter(({ definition }) => asArray(definition.tags).includes(name));
}
