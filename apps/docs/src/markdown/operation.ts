import type { RootContent } from 'mdast';
import { requirementsPhrase } from './authentication.ts';
import { bodySections } from './bodies.ts';
import {
  type FoundOperation,
  findOperation,
  type OperationKey,
  operationsOfPath,
  operationTitle,
} from './find-operation.ts';
import {
  asArray,
  asObject,
  asString,
  type JsonObject,
  type OpenApiDocument,
  resolve,
  resolvedEntries,
} from './openapi.ts';
import { parametersSection } from './parameters.ts';
import { prose } from './prose.ts';
import { code, heading, inlineCode, join, link, list, paragraph, render } from './render.ts';
import { responsesSection } from './responses.ts';

/**
 * Returns the page of an operation or a webhook: its request, its responses, all examples and code samples.
 *
 * @throws Error if the description has no such operation, or if the target of a reference does not exist.
 * @example
 * renderOperation(document, { method: 'get', path: '/pets/{id}' }); // # Retrieve a pet …
 */
export function renderOperation(document: OpenApiDocument, operation: OperationKey): string {
  const found = findOperation(document, operation);
  return render([heading(1, operationTitle(found)), ...operationBlocks(document, found, 2)]);
}

function operationBlocks(document: OpenApiDocument, found: FoundOperation, depth: number): RootContent[] {
  const { operation, method, path, parameters, incoming } = found;
  return [
    code(`${method} ${path}`, 'http'),
    ...list(factsOf(document, found)),
    ...prose(operation.description, depth),
    ...parametersSection(document, parameters, depth),
    ...requestBodySection(document, operation.requestBody, depth),
    ...responsesSection(document, { responses: operation.responses, parameters, depth }),
    ...(incoming ? [] : callbacksSection(document, operation.callbacks, depth)),
    ...codeSamplesSection(operation, depth),
  ];
}

function factsOf(document: OpenApiDocument, { operation, servers, incoming }: FoundOperation) {
  const { operationId, deprecated, security, externalDocs } = operation;
  const { url, description } = resolve(document, externalDocs);
  return [
    ...(deprecated === true ? [['Deprecated']] : []),
    ...(incoming ? [['The API sends this request to you.']] : []),
    ...(asString(operationId) === '' ? [] : [['Operation: ', inlineCode(asString(operationId))]]),
    ...(incoming || servers.length === 0
      ? []
      : [
          [
            'Server: ',
            ...join(
              servers.map((server) => [inlineCode(asString(server.url))]),
              ', ',
            ),
          ],
        ]),
    ...(incoming && security === undefined
      ? []
      : [['Authentication: ', ...requirementsPhrase(security ?? document.security)]]),
    ...(asString(url) === '' ? [] : [['See also: ', link(asString(url), asString(description) || asString(url))]]),
  ];
}

function requestBodySection(document: OpenApiDocument, value: unknown, depth: number): RootContent[] {
  if (value === undefined) return [];
  const body = resolve(document, value);
  return [
    heading(depth, 'Request body'),
    paragraph(body.required === true ? 'Required.' : 'Optional.'),
    ...prose(body.description, depth + 1),
    ...bodySections(document, { content: body.content, depth: depth + 1 }),
  ];
}

function callbacksSection(document: OpenApiDocument, callbacks: unknown, depth: number): RootContent[] {
  const found = resolvedEntries(document, callbacks).flatMap(([name, callback]) =>
    resolvedEntries(document, callback).flatMap(([expression, item]) =>
      operationsOfPath(document, { path: expression, item, incoming: true }).map((operation) => ({ name, operation })),
    ),
  );
  if (found.length === 0) return [];
  return [
    heading(depth, 'Callbacks'),
    ...found.flatMap(({ name, operation }) => [
      heading(depth + 1, asString(operation.operation.summary) || name),
      ...operationBlocks(document, operation, depth + 2),
    ]),
  ];
}

/** Returns the section with the code samples of an operation (`x-codeSamples`). */
function codeSamplesSection(operation: JsonObject, depth: number): RootContent[] {
  const samples = asArray(operation['x-codeSamples'] ?? operation['x-code-samples']).map(asObject);
  if (samples.length === 0) return [];
  return [
    heading(depth, 'Code samples'),
    ...samples.flatMap(({ lang, label, source }) => [
      heading(depth + 1, asString(label) || asString(lang)),
      // Do not trim: the first line may be indented.
      code(String(source ?? ''), infoString(asString(lang))),
    ]),
  ];
}

/** Returns the info string of a fenced code block for a language name such as `C#` or `Shell`. */
function infoString(lang: string): string {
  return lang.toLowerCase().replace('c#', 'csharp').replace('c++', 'cpp').replace(/\s.*/, '');
}
