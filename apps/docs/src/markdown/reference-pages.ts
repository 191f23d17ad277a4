import { asArray, asObject, asString, type JsonObject, listEntries, listOperations } from '@firstofficer/openapi';
import { renderSchemaPage } from './bodies.ts';
import { describeExternalDocs, renderOperationList, renderOperationPage } from './operation.ts';
import { extractFirstParagraph, renderOneLine, renderProse } from './prose.ts';
import { heading, inlineCode, join, link, list, type Phrase, paragraph, renderMarkdown, table } from './render.ts';
import { mergeSchema } from './schema.ts';

/** A page of the reference. */
interface ReferencePage {
  readonly kind: 'introduction' | 'tag' | 'operation' | 'schema';
  /** The method and path of an operation, or the name of a tag or schema. Otherwise empty. */
  readonly name: string;
  /** One line of plain text. */
  readonly description: string;
  readonly markdown: string;
}

/**
 * Returns every reference page of a description, in reading order.
 *
 * @throws Error if the target of a reference does not exist.
 */
export function renderReferencePages(document: JsonObject): ReferencePage[] {
  const { summary, description } = asObject(document.info);
  const { schemas } = asObject(document.components);
  return [
    {
      kind: 'introduction',
      name: '',
      description: asString(summary) || extractFirstParagraph(description),
      markdown: renderIntroductionPage(document),
    },
    ...listTags(document).map((tag) => ({
      kind: 'tag' as const,
      name: String(tag.name),
      description: extractFirstParagraph(tag.description),
      markdown: renderTagPage(document, tag),
    })),
    ...listOperations(document).map((operation) => ({
      kind: 'operation' as const,
      name: `${operation.method} ${operation.path}`,
      description: extractFirstParagraph(operation.definition.description),
      markdown: renderOperationPage(document, operation),
    })),
    ...Object.entries(asObject(schemas)).map(([name, schema]) => ({
      kind: 'schema' as const,
      name,
      description: extractFirstParagraph(mergeSchema(document, schema).keywords.description),
      markdown: renderSchemaPage(document, name),
    })),
  ];
}

/** Returns the introduction page of an API: its description, its servers and its operations. */
function renderIntroductionPage(document: JsonObject): string {
  const info = asObject(document.info);
  const operations = listOperations(document);
  const servers = asArray(document.servers).map(asObject);
  return renderMarkdown([
    heading(1, asString(info.title)),
    ...(asString(info.summary) === '' ? [] : [paragraph(asString(info.summary))]),
    ...list([...listFacts(info), ...describeExternalDocs(document.externalDocs)]),
    ...renderProse(info.description, 2),
    ...(servers.length === 0 ? [] : [heading(2, 'Servers'), ...list(servers.map(describeServer))]),
    ...table(
      ['Variable', 'Default', 'Values', 'Description'],
      servers.flatMap((server) => listEntries(document, server.variables).map(listVariableCells)),
    ),
    ...(operations.length === 0 ? [] : [heading(2, 'Operations'), ...renderOperationList(operations)]),
  ]);
}

function listFacts({ version, contact, license, termsOfService }: JsonObject): Phrase[] {
  const { name, url, email } = asObject(contact);
  const contacts = [
    ...formatLink(url, asString(name)),
    ...(asString(email) === '' ? [] : [[link(`mailto:${asString(email)}`, asString(email))]]),
  ];
  const terms = formatLink(termsOfService, '');
  return [
    ['Version: ', String(version)],
    ...(contacts.length === 0 ? [] : [['Contact: ', ...join(contacts, ', ')]]),
    ...formatLink(asObject(license).url, asString(asObject(license).name)).map((phrase) => ['License: ', ...phrase]),
    ...terms.map((phrase) => ['Terms of service: ', ...phrase]),
  ];
}

/** Returns a link with a label, or only one of the two, or none if both are missing. */
function formatLink(url: unknown, label: string): Phrase[] {
  if (asString(url) !== '') return [[link(asString(url), label)]];
  return label === '' ? [] : [[label]];
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

/** Returns the page of a tag: its description and its operations. */
function renderTagPage(document: JsonObject, tag: JsonObject): string {
  const operations = listOperations(document).filter(({ definition }) => asArray(definition.tags).includes(tag.name));
  return renderMarkdown([
    heading(1, asString(tag['x-displayName']) || String(tag.name)),
    ...renderProse(tag.description, 2),
    ...describeExternalDocs(tag.externalDocs).map((phrase) => paragraph(...phrase)),
    ...(operations.length === 0 ? [] : [heading(2, 'Operations'), ...renderOperationList(operations)]),
  ]);
}

/** Returns every tag: first those that the document declares, then those that only operations use. */
function listTags(document: JsonObject): JsonObject[] {
  const declared = asArray(document.tags).map(asObject);
  const used = listOperations(document).flatMap(({ definition }) => asArray(definition.tags));
  const others = [...new Set(used)].filter((name) => !declared.some((tag) => tag.name === name));
  return [...declared, ...others.map((name) => ({ name }))];
}
