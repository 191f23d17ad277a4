import {
  asArray,
  asObject,
  asString,
  type JsonObject,
  listCallbacks,
  listOperations,
  type OperationEntry,
  resolveReference,
} from '@firstofficer/openapi';
import type { RootContent } from 'mdast';
import { describeRequirements } from './authentication.ts';
import { renderBodies } from './bodies.ts';
import { renderParameters } from './parameters.ts';
import { renderProse } from './prose.ts';
import { code, heading, inlineCode, join, link, list, paragraph, renderMarkdown } from './render.ts';
import { renderResponses } from './responses.ts';

/**
 * Returns the page of an operation or a webhook: its request, its responses, all examples and code samples.
 *
 * @throws Error if the description has no such operation, or if the target of a reference does not exist.
 * @example
 * renderOperationPage(document, { method: 'get', path: '/pets/{id}' }); // # Retrieve a pet …
 */
export function renderOperationPage(document: JsonObject, operation: OperationKey): string {
  const found = findOperation(document, operation);
  return renderMarkdown([heading(1, formatOperationTitle(found)), ...renderOperation(document, found, 2)]);
}

function renderOperation(document: JsonObject, found: OperationEntry, depth: number): RootContent[] {
  const { definition, method, path, parameters, isIncoming } = found;
  return [
    code(`${method} ${path}`, 'http'),
    ...list(listFacts(document, found)),
    ...renderProse(definition.description, depth),
    ...renderParameters(document, parameters, depth),
    ...renderRequestBody(document, definition.requestBody, depth),
    ...renderResponses(document, { responses: definition.responses, parameters, depth }),
    ...(isIncoming ? [] : renderCallbacks(document, definition, depth)),
    ...renderCodeSamples(definition, depth),
  ];
}

function listFacts(document: JsonObject, { definition, servers, isIncoming }: OperationEntry) {
  const { operationId, deprecated, security, externalDocs } = definition;
  const { url, description } = resolveReference(document, externalDocs);
  return [
    ...(deprecated === true ? [['Deprecated']] : []),
    ...(isIncoming ? [['The API sends this request to you.']] : []),
    ...(asString(operationId) === '' ? [] : [['Operation: ', inlineCode(asString(operationId))]]),
    ...(isIncoming || servers.length === 0
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
    ...(isIncoming && security === undefined
      ? []
      : [['Authentication: ', ...describeRequirements(security ?? document.security)]]),
    ...(asString(url) === '' ? [] : [['See also: ', link(asString(url), asString(description) || asString(url))]]),
  ];
}

function renderRequestBody(document: JsonObject, value: unknown, depth: number): RootContent[] {
  if (value === undefined) return [];
  const body = resolveReference(document, value);
  return [
    heading(depth, 'Request body'),
    paragraph(body.required === true ? 'Required.' : 'Optional.'),
    ...renderProse(body.description, depth + 1),
    ...renderBodies(document, { content: body.content, depth: depth + 1 }),
  ];
}

function renderCallbacks(document: JsonObject, definition: JsonObject, depth: number): RootContent[] {
  const found = listCallbacks(document, definition);
  if (found.length === 0) return [];
  return [
    heading(depth, 'Callbacks'),
    ...found.flatMap(({ name, operation }) => [
      heading(depth + 1, asString(operation.definition.summary) || name),
      ...renderOperation(document, operation, depth + 2),
    ]),
  ];
}

/** Returns the section with the code samples of an operation (`x-codeSamples`). */
function renderCodeSamples(definition: JsonObject, depth: number): RootContent[] {
  const samples = asArray(definition['x-codeSamples'] ?? definition['x-code-samples']).map(asObject);
  if (samples.length === 0) return [];
  return [
    heading(depth, 'Code samples'),
    ...samples.flatMap(({ lang, label, source }) => [
      heading(depth + 1, asString(label) || asString(lang)),
      // Do not trim: the first line may be indented.
      code(String(source ?? ''), toInfoString(asString(lang))),
    ]),
  ];
}

/** Returns the info string of a fenced code block for a language name such as `C#` or `Shell`. */
function toInfoString(lang: string): string {
  return lang.toLowerCase().replace('c#', 'csharp').replace('c++', 'cpp').replace(/\s.*/, '');
}

/**
 * The method and path of an operation. An operation of `@firstofficer/openapi` is also a valid key.
 *
 * @example
 * const key: OperationKey = { method: 'get', path: '/pets/{id}' };
 */
export interface OperationKey {
  /** The HTTP method, in upper or lower case. */
  readonly method: string;
  /** The path template, or the name of a webhook. */
  readonly path: string;
}

/**
 * Returns the operation with a method and a path.
 *
 * @throws Error if the description has no such operation.
 */
function findOperation(document: JsonObject, { method, path }: OperationKey): OperationEntry {
  const found = listOperations(document).find((each) => each.path === path && each.method === method.toUpperCase());
  if (!found) throw new Error(`The description has no operation ${method.toUpperCase()} ${path}.`);
  return found;
}

/** Returns the title of an operation: its summary, its ID, or its method and path. */
export function formatOperationTitle({ definition, method, path }: OperationEntry): string {
  return asString(definition.summary) || asString(definition.operationId) || `${method} ${path}`;
}

/** Returns a list of operations with their methods, paths and titles. */
export function renderOperationList(operations: readonly OperationEntry[]): RootContent[] {
  return list(
    operations.map((found) => [inlineCode(`${found.method} ${found.path}`), ` — ${formatOperationTitle(found)}`]),
  );
}
