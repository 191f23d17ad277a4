import { STATUS_CODES } from 'node:http';
import { asObject, asString, type JsonObject, listEntries } from '@firstofficer/openapi';
import type { RootContent } from 'mdast';
import { renderBodies } from './bodies.ts';
import { type DocumentedExample, findExamples } from './examples.ts';
import { formatExampleValue, renderHeadersTable, renderParameterExamples } from './parameters.ts';
import { renderOneLine, renderProse } from './prose.ts';
import { heading, inlineCode, join, list, type Phrase, paragraph, strong } from './render.ts';

/** Returns the section with the responses of an operation, by status. */
export function renderResponses(
  document: JsonObject,
  {
    responses,
    parameters,
    depth,
  }: { readonly responses: unknown; readonly parameters: readonly JsonObject[]; readonly depth: number },
): RootContent[] {
  const entries = listEntries(document, responses);
  if (entries.length === 0) return [];
  return [
    heading(depth, 'Responses'),
    ...entries.flatMap(([status, response]) => [
      heading(depth + 1, formatStatus(status)),
      ...renderProse(response.description, depth + 2),
      ...renderHeaders(document, response, depth + 2),
      ...renderBodies(document, {
        content: response.content,
        depth: depth + 2,
        beforeExample: (example) => renderExampleRequest(document, parameters, example),
      }),
      ...renderLinks(document, response, depth + 2),
    ]),
  ];
}

function formatStatus(status: string): string {
  if (status === 'default') return 'Any other status';
  const phrase = STATUS_CODES[status];
  return phrase === undefined ? status : `${status} ${phrase}`;
}

function renderHeaders(document: JsonObject, response: JsonObject, depth: number): RootContent[] {
  const headers = listEntries(document, response.headers);
  if (headers.length === 0) return [];
  return [
    heading(depth, 'Headers'),
    ...renderHeadersTable(document, headers),
    ...headers.flatMap(([name, header]) => renderParameterExamples(document, { ...header, name })),
  ];
}

/** Returns the request of a response example: the parameter examples of the same name. */
function renderExampleRequest(
  document: JsonObject,
  parameters: readonly JsonObject[],
  { name }: DocumentedExample,
): RootContent[] {
  const values = parameters.flatMap((parameter) =>
    findExamples(document, parameter)
      .filter((example) => name !== undefined && example.name === name)
      .map((example) => [inlineCode(String(parameter.name)), ' = ', ...formatExampleValue(example)]),
  );
  return values.length === 0 ? [] : [paragraph('For a request with ', ...join(values, ', '), ':')];
}

function renderLinks(document: JsonObject, response: JsonObject, depth: number): RootContent[] {
  const links = listEntries(document, response.links);
  if (links.length === 0) return [];
  return [
    heading(depth, 'Links'),
    paragraph('Values of this response are parameters of further requests:'),
    ...list(links.map(([name, link]) => describeLink(name, link))),
  ];
}

function describeLink(name: string, link: JsonObject): Phrase {
  const { operationId, operationRef, description, parameters, requestBody } = link;
  const values = Object.entries(asObject(parameters)).map(([parameter, value]) => [
    inlineCode(parameter),
    ' = ',
    inlineCode(formatExpression(value)),
  ]);
  const sent: Phrase[] = [
    ...values,
    ...(requestBody === undefined ? [] : [['the body ', inlineCode(formatExpression(requestBody))]]),
  ];
  return [
    strong(name),
    ': ',
    ...(asString(description) === '' ? [] : [...renderOneLine(description), ' ']),
    inlineCode(asString(operationId) || asString(operationRef)),
    ...(sent.length === 0 ? [] : [' with ', ...join(sent, ', ')]),
    '.',
  ];
}

function formatExpression(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
