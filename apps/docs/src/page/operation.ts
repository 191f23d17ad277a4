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
  readDeprecation,
} from '@firstofficer/openapi';
import { marked } from 'marked';
import { type DocumentedExample, findExamples } from '../markdown/examples.ts';
import { extractFirstParagraph } from '../markdown/prose.ts';
import { renderAllMembers } from '../reference/all-members.ts';
import { type ListedMember, listNames, readSections, type Section } from '../reference/clean.ts';
import { DEPRECATED_MARK } from '../reference/deprecation.ts';
import { type MemberSource, type RowContext, renderMember, renderMembers } from '../reference/member-row.ts';
import { buildRedocOptions, type Route } from '../reference/redoc.ts';
import { type ListedResponse, readResponses } from '../reference/responses.ts';
import { renderCode } from './code.ts';
import type { PageContent } from './page.ts';
import { createRowContext, type ReferenceSource, renderNotice } from './reference-source.ts';
import { type PanelSample, renderSamples } from './samples.ts';

const TITLES: Readonly<Record<string, string>> = {
  path: 'Path parameters',
  query: 'Query parameters',
  header: 'Headers',
  cookie: 'Cookies',
  body: 'Body',
};

/** Returns the page of an operation: its request with code samples beside it, then each response with its examples. */
export async function renderOperationPage(route: Route, source: ReferenceSource): Promise<PageContent> {
  const { definition: document } = source.reference;
  const operation = listOperations(document).find(({ method, path }) => `${method} ${path}` === route.key);
  if (!operation) throw new Error(`the description has no operation ${route.key}.`);
  const sections = readSections(source.reference.render(route.link));
  const end = sections.findIndex(({ id }) => id.endsWith('/responses'));
  const request = sections.slice(0, end === -1 ? sections.length : end);
  const options = buildRedocOptions(source.base);
  const responses = await readResponses(source.reference.definition, route, options);
  const shown = [...request, ...responses.flatMap((response) => response.sections)];
  const context = createRowContext(source, shown);
  const { method, path, definition } = operation;
  const operationId = asString(definition.operationId) || `${method} ${path}`;
  const main = markup`<article class="reference"><div class="row"><div class="row-text"><h1>${route.title}</h1><p class="endpoint"><span class="method">${method}</span> <code>${path}</code>${route.deprecation && markup` ${DEPRECATED_MARK}`}</p>${route.deprecation && renderNotice(route.deprecation, source)}${request.map((section) => renderRequestSection(context, operation, section))}${renderSecurity(document, definition)}</div><div class="row-panel row-panel-sticky">${renderSamples({ operationId, method, path, samples: listSamples(definition), hasTryIt: !operation.isIncoming })}</div></div><h2 id="${route.path}/responses">Responses <a class="anchor" href="#${route.path}/responses" aria-label="Link to Responses"></a></h2>${responses.map((response, index) => renderResponse(context, response, { operation, path: route.path, responses, isOpen: index === 0 }))}</article>`;
  return { main, layout: 'reference', contents: [] };
}

function renderRequestSection(page: RowContext, operation: OperationEntry, section: Section): Markup {
  const context = { ...page, isInput: true };
  const place = section.id.split('/').at(-1) ?? '';
  const title = TITLES[place];
  const bodies = place === 'body' ? listBodies(context.document, operation.definition.requestBody) : [];
  const mediaType = bodies[0] && markup` <span class="member-type">${bodies[0].mediaType}</span>`;
  const heading = title
    ? markup`<h2 id="${section.id}">${title}${mediaType} <a class="anchor" href="#${section.id}" aria-label="Link to ${title}"></a></h2>`
    : undefined;
  const members = section.members.map((member) => {
    const parameter = operation.parameters.find(({ name, in: location }) => name === member.name && location === place);
    if (parameter) return renderMember(context, member, readHolder(context.document, parameter));
    return renderMembers(context, [member], bodies[0]?.schema);
  });
  const further = renderFurtherBodies(context.document, bodies, listNames(section.members));
  const examples = renderExamples(bodies[0]?.examples ?? [], section.id);
  return markup`${heading}${section.description}${members}${further}${examples}`;
}

/** Returns the schema and the examples of a parameter or header. */
function readHolder(document: JsonObject, holder: JsonObject): MemberSource {
  const [[, content] = []] = listEntries(document, holder.content);
  const source = { ...content, ...holder };
  return {
    schema: source.schema,
    isRequired: holder.required === true,
    deprecation: readDeprecation(holder),
    examples: findExamples(document, source),
  };
}

interface Body {
  readonly mediaType: string;
  readonly schema: unknown;
  readonly examples: readonly DocumentedExample[];
}

/** Returns the bodies of a request or response: one for each content type. */
function listBodies(document: JsonObject, holder: unknown): Body[] {
  const [[, entry] = []] = listEntries(document, { holder });
  return listEntries(document, entry?.content).map(([mediaType, content]) => ({
    mediaType,
    schema: content.schema,
    examples: findExamples(document, content),
  }));
}

/** The lines of code that are about as tall as a member. */
const LINES_PER_MEMBER = 6;
/** The lines of code that are about as tall as the bar and the margins of an example. */
const LINES_AROUND = 4;

/**
 * Returns the examples of a body. Examples with the same value are shown once. The first is open, and the next as long
 * as all are not taller than the members beside them.
 */
function renderExamples(examples: readonly DocumentedExample[], name: string, members = 0): Markup[] {
  const byValue = Map.groupBy(examples, ({ value, externalValue }) => JSON.stringify(value) ?? externalValue);
  let lines = 0;
  return [...byValue.values()].flatMap(([first, ...others], index) => {
    if (!first) return [];
    const title = [first, ...others].map((example) => example.title).join(' · ');
    const code = renderExample(first, title);
    lines += code.text.split('\n').length + LINES_AROUND;
    if (index === 0 || lines <= members * LINES_PER_MEMBER) return [code];
    return [markup`<details class="further-example" name="${name}"><summary>${title}</summary>${code}</details>`];
  });
}

function renderExample({ value, externalValue }: DocumentedExample, label: string): Markup {
  if (value === undefined) return markup`<p><a href="${externalValue}">${label}</a></p>`;
  return typeof value === 'string'
    ? renderCode(value, 'text', { label })
    : renderCode(JSON.stringify(value, null, 2), 'json', { label });
}

/** Returns what Redoc does not show of bodies: further variants of the first, and the bodies of other content types. */
function renderFurtherBodies(document: JsonObject, bodies: readonly Body[], shown: ReadonlySet<string>): Markup[] {
  return bodies.map(({ mediaType, schema, examples }, index) => {
    if (index === 0) return markup`${renderAllMembers(document, schema, shown)}`;
    const members = renderAllMembers(document, schema, new Set());
    return markup`<details class="members"><summary>Body <code>${mediaType}</code></summary>${members}${renderExamples(examples, mediaType)}</details>`;
  });
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

/** Returns the samples of an operation. Samples that only differ in their language are one case. */
function listSamples({ 'x-codeSamples': own, 'x-code-samples': older }: JsonObject): PanelSample[] {
  const samples = asArray(own ?? older).map(asObject);
  const isOneCase = new Set(samples.map(({ lang }) => lang)).size === samples.length;
  return samples.map(({ lang, label, title, source }) => ({
    lang: asString(lang),
    title: isOneCase ? 'Request' : asString(title) || asString(label) || asString(lang),
    source: String(source ?? '').trimEnd(),
  }));
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
  const bodies = listBodies(document, response);
  const [body] = bodies;
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
        section.id.endsWith('/body') && body
          ? markup`<h3 id="${section.id}">Body <span class="member-type">${body.mediaType}</span></h3>`
          : undefined;
      return markup`${title}${section.description}${renderMembers(context, section.members, body?.schema)}`;
    });
  const shown = listNames(sections.flatMap((section) => section.members));
  const further = renderFurtherBodies(document, bodies, shown);
  const lead = extractFirstParagraph(response.description);
  const headersId = sections.find(isHeaders)?.id;
  const ownHeaders = own.length === 0 ? undefined : markup`<h3>Headers</h3>${headerRows(own)}`;
  const count = `${shared.length} ${shared.length === 1 ? 'header' : 'headers'} of every response`;
  const sharedHeaders =
    shared.length === 0
      ? undefined
      : markup`<details class="members"><summary>${count}</summary>${headerRows(shared)}</details>`;
  // Browsers open a closed part for a link to its content, not for a link to the part itself.
  const id = `${path}/t=response&c=${status}`;
  return markup`<details class="response" name="responses"${isOpen ? markup` open` : undefined}><summary><span class="status status-${status[0]?.toLowerCase()}">${status}</span> <span class="response-title">${STATUS_CODES[status] ?? (status === 'default' ? 'Any other status' : '')}</span> <span class="response-lead" aria-hidden="true">${lead}</span></summary><div class="row" id="${id}"><div class="row-text">${members}${further}${headersId && markup`<div id="${headersId}">${ownHeaders}${sharedHeaders}</div>`}</div><div class="row-panel">${renderExamples(body?.examples ?? [], `${id}/examples`, shown.size - shared.length)}</div></div></details>`;
}
