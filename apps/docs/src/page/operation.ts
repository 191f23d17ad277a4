import { STATUS_CODES } from 'node:http';
import { Markup, markup } from '@firstofficer/common/markup';
import {
  asArray,
  asObject,
  asString,
  type JsonObject,
  listEntries,
  listOperations,
  type OperationEntry,
} from '@firstofficer/openapi';
import { marked } from 'marked';
import { type DocumentedExample, findExamples } from '../markdown/examples.ts';
import { type ListedMember, readSections, type Section } from '../reference/clean.ts';
import { type MemberSource, type RowContext, renderMember, renderMembers } from '../reference/member-row.ts';
import { buildRedocOptions, type Route } from '../reference/redoc.ts';
import { type ListedResponse, readResponses } from '../reference/responses.ts';
import { renderCode } from './code.ts';
import type { PageContent } from './page.ts';
import { createRowContext, type ReferenceSource } from './reference-source.ts';

const TITLES: Readonly<Record<string, string>> = {
  path: 'Path parameters',
  query: 'Query parameters',
  header: 'Headers',
  cookie: 'Cookies',
  body: 'Body',
};

/** Returns the page of an operation: its request with code samples beside it, then each response with its examples. */
export async function renderOperationPage(route: Route, source: ReferenceSource): Promise<PageContent> {
  const context = createRowContext(source);
  const { document } = context;
  const operation = listOperations(document).find(({ method, path }) => `${method} ${path}` === route.key);
  if (!operation) throw new Error(`the description has no operation ${route.key}.`);
  const sections = readSections(source.reference.render(route.link));
  const end = sections.findIndex(({ id }) => id.endsWith('/responses'));
  const request = sections.slice(0, end === -1 ? sections.length : end);
  const options = buildRedocOptions(source.base);
  const responses = await readResponses(source.reference.definition, route, options);
  const { method, path, definition } = operation;
  const main = markup`<article class="reference"><div class="row"><div class="row-text"><h1>${route.title}</h1><p class="endpoint"><span class="method">${method}</span> <code>${path}</code></p>${request.map((section) => renderRequestSection(context, operation, section))}${renderSecurity(document, definition)}</div><div class="row-panel row-panel-sticky">${renderSamples(definition)}</div></div><h2 id="${route.path}/responses">Responses <a class="anchor" href="#${route.path}/responses" aria-label="Link to Responses">#</a></h2>${responses.map((response, index) => renderResponse(context, response, { operation, path: route.path, responses, isOpen: index === 0 }))}</article>`;
  return { main, layout: 'reference', contents: [] };
}

function renderRequestSection(context: RowContext, operation: OperationEntry, section: Section): Markup {
  const place = section.id.split('/').at(-1) ?? '';
  const title = TITLES[place];
  const heading = title
    ? markup`<h3 id="${section.id}">${title} <a class="anchor" href="#${section.id}" aria-label="Link to ${title}">#</a></h3>`
    : undefined;
  const body = findBody(context.document, operation.definition.requestBody);
  const members = section.members.map((member) => {
    const parameter = operation.parameters.find(({ name, in: location }) => name === member.name && location === place);
    if (parameter) return renderMember(context, member, { ...readHolder(context.document, parameter), isInput: true });
    return renderMembers(context, [member], body.schema);
  });
  const example = place === 'body' ? body.examples.map(renderBody) : [];
  return markup`${heading}${section.description}${members}${example}`;
}

/** Returns the schema and the examples of a parameter or header. */
function readHolder(document: JsonObject, holder: JsonObject): MemberSource {
  const [[, content] = []] = listEntries(document, holder.content);
  const source = { ...content, ...holder };
  return { schema: source.schema, isRequired: holder.required === true, examples: findExamples(document, source) };
}

/** Returns the schema and the examples of a body, in its first content type. */
function findBody(document: JsonObject, holder: unknown): { schema: unknown; examples: DocumentedExample[] } {
  const [[, entry] = []] = listEntries(document, { holder });
  const [[, content] = []] = listEntries(document, entry?.content);
  return content
    ? { schema: content.schema, examples: findExamples(document, content) }
    : { schema: true, examples: [] };
}

function renderBody({ title, value }: DocumentedExample): Markup {
  if (value === undefined) return markup``;
  return typeof value === 'string'
    ? renderCode(value, 'text', { label: title })
    : renderCode(JSON.stringify(value, null, 2), 'json', { label: title });
}

function renderSecurity(document: JsonObject, { security = document.security }: JsonObject): Markup | undefined {
  const schemes = asObject(asObject(document.components).securitySchemes);
  const names = [...new Set(asArray(security).flatMap((requirement) => Object.keys(asObject(requirement))))];
  if (names.length === 0) return undefined;
  const items = names.map(
    (name) =>
      markup`<div class="scheme"><code class="member-name">${name}</code>${new Markup(marked.parse(asString(asObject(schemes[name]).description), { async: false }))}</div>`,
  );
  const title = names.map((name, index) => markup`${index === 0 ? '' : ' or '}<code>${name}</code>`);
  return markup`<details class="security"><summary>Authentication: ${title}</summary>${items}</details>`;
}

function renderSamples(definition: JsonObject): Markup[] {
  return asArray(definition['x-codeSamples'])
    .map(asObject)
    .map(({ lang, label, source }) =>
      renderCode(String(source), asString(lang).toLowerCase().replace('shell', 'sh').replace('curl', 'sh'), {
        label: asString(label) || asString(lang),
      }),
    );
}

interface ResponseOptions {
  readonly operation: OperationEntry;
  /** The path of the page, which the IDs of its parts begin with. */
  readonly path: string;
  readonly responses: readonly ListedResponse[];
  readonly isOpen: boolean;
}

/** Returns a response: its description and its body, then its headers, with its examples beside them. */
function renderResponse(
  context: RowContext,
  { status, sections }: ListedResponse,
  { operation, path, responses, isOpen }: ResponseOptions,
): Markup {
  const { document } = context;
  const [[, response = {}] = []] = listEntries(document, {
    response: asObject(operation.definition.responses)[status],
  });
  const body = findBody(document, response);
  const headers = new Map(listEntries(document, response.headers));
  const isHeaders = ({ id }: Section) => id.endsWith('/headers');
  const headerRows = (members: readonly ListedMember[]) =>
    members.map((member) => renderMember(context, member, readHolder(document, headers.get(member.name) ?? {})));
  const listed = sections.filter(isHeaders).flatMap(({ members }) => members);
  const isShared = ({ name }: ListedMember) =>
    responses.length > 1 &&
    responses.every((other) =>
      other.sections.some((section) => isHeaders(section) && section.members.some((header) => header.name === name)),
    );
  const [own, shared] = [listed.filter((header) => !isShared(header)), listed.filter(isShared)];
  const members = sections
    .filter((section) => !isHeaders(section))
    .map((section) => {
      const title =
        section.id.endsWith('/body') && section.members.length > 0
          ? markup`<h3 id="${section.id}">Body</h3>`
          : undefined;
      return markup`${title}${section.description}${renderMembers(context, section.members, body.schema)}`;
    });
  const headersId = sections.find(isHeaders)?.id;
  const ownHeaders = own.length === 0 ? undefined : markup`<h3>Headers</h3>${headerRows(own)}`;
  const count = `${shared.length} ${shared.length === 1 ? 'header' : 'headers'} of every response`;
  const sharedHeaders =
    shared.length === 0
      ? undefined
      : markup`<details class="members"><summary>${count}</summary>${headerRows(shared)}</details>`;
  const id = `${path}/t=response&c=${status}`;
  return markup`<details class="response" name="responses" id="${id}"${isOpen ? markup` open` : undefined}><summary><span class="status status-${status[0]?.toLowerCase()}">${status}</span> <span class="response-title">${STATUS_CODES[status] ?? (status === 'default' ? 'Any other status' : '')}</span></summary><div class="row"><div class="row-text">${members}${headersId && markup`<div id="${headersId}">${ownHeaders}${sharedHeaders}</div>`}</div><div class="row-panel">${body.examples.map(renderBody)}</div></div></details>`;
}
