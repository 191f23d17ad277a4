import { STATUS_CODES } from 'node:http';
import type { RootContent } from 'mdast';
import { bodySections } from './bodies.ts';
import type { Phrase } from './constraints.ts';
import { type DocumentedExample, findExamples } from './examples.ts';
import { asObject, asString, type JsonObject, type OpenApiDocument, resolvedEntries } from './openapi.ts';
import { exampleValue, headersTable, parameterExamples } from './parameters.ts';
import { oneLine, prose } from './prose.ts';
import { heading, inlineCode, join, list, paragraph, strong } from './render.ts';

/** Returns the section with the responses of an operation, by status. */
export function responsesSection(
  document: OpenApiDocument,
  {
    responses,
    parameters,
    depth,
  }: { readonly responses: unknown; readonly parameters: readonly JsonObject[]; readonly depth: number },
): RootContent[] {
  const named = resolvedEntries(document, responses);
  if (named.length === 0) return [];
  return [
    heading(depth, 'Responses'),
    ...named.flatMap(([status, response]) => [
      heading(depth + 1, statusTitle(status)),
      ...prose(response.description, depth + 2),
      ...headersSection(document, response, depth + 2),
      ...bodySections(document, {
        content: response.content,
        depth: depth + 2,
        beforeExample: (example) => requestOf(document, parameters, example),
      }),
      ...linksSection(document, response, depth + 2),
    ]),
  ];
}

function statusTitle(status: string): string {
  if (status === 'default') return 'Any other status';
  const phrase = STATUS_CODES[status];
  return phrase === undefined ? status : `${status} ${phrase}`;
}

function headersSection(document: OpenApiDocument, response: JsonObject, depth: number): RootContent[] {
  const headers = resolvedEntries(document, response.headers);
  if (headers.length === 0) return [];
  return [
    heading(depth, 'Headers'),
    ...headersTable(document, headers),
    ...headers.flatMap(([name, header]) => parameterExamples(document, { ...header, name })),
  ];
}

/** Returns the request of a response example: the parameter examples of the same name. */
function requestOf(
  document: OpenApiDocument,
  parameters: readonly JsonObject[],
  { name }: DocumentedExample,
): RootContent[] {
  const values = parameters.flatMap((parameter) =>
    findExamples(document, parameter)
      .filter((example) => name !== undefined && example.name === name)
      .map((example) => [inlineCode(String(parameter.name)), ' = ', ...exampleValue(example)]),
  );
  return values.length === 0 ? [] : [paragraph('For a request with ', ...join(values, ', '), ':')];
}

function linksSection(document: OpenApiDocument, response: JsonObject, depth: number): RootContent[] {
  const links = resolvedEntries(document, response.links);
  if (links.length === 0) return [];
  return [
    heading(depth, 'Links'),
    paragraph('What this response says leads to further requests:'),
    ...list(links.map(([name, link]) => linkPhrase(name, link))),
  ];
}

function linkPhrase(name: string, link: JsonObject): Phrase {
  const { operationId, operationRef, description, parameters, requestBody } = link;
  const values = Object.entries(asObject(parameters)).map(([parameter, value]) => [
    inlineCode(parameter),
    ' = ',
    inlineCode(expression(value)),
  ]);
  const sent: Phrase[] = [
    ...values,
    ...(requestBody === undefined ? [] : [['the body ', inlineCode(expression(requestBody))]]),
  ];
  return [
    strong(name),
    ': ',
    ...(asString(description) === '' ? [] : [...oneLine(description), ' ']),
    inlineCode(asString(operationId) || asString(operationRef)),
    ...(sent.length === 0 ? [] : [' with ', ...join(sent, ', ')]),
    '.',
  ];
}

function expression(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
