import {
  asArray,
  asObject,
  asString,
  type JsonObject,
  listCallbacks,
  type OperationEntry,
  resolveReference,
} from '@firstofficer/openapi';
import type { RootContent } from 'mdast';
import { capitalize } from '../words/capitalize.ts';
import { renderBodies } from './bodies.ts';
import { listDeprecation } from './constraints.ts';
import { renderParameters } from './parameters.ts';
import { renderProse } from './prose.ts';
import { code, heading, inlineCode, join, link, list, type Phrase, paragraph, renderMarkdown } from './render.ts';
import { renderResponses } from './responses.ts';

/**
 * Returns the page of an operation or a webhook: its request, its responses, all examples and code samples.
 *
 * @throws Error if the target of a reference does not exist.
 */
export function renderOperationPage(document: JsonObject, operation: OperationEntry): string {
  return renderMarkdown([heading(1, formatOperationTitle(operation)), ...renderOperation(document, operation, 2)]);
}

function renderOperation(document: JsonObject, operation: OperationEntry, depth: number): RootContent[] {
  const { definition, method, path, parameters, isIncoming } = operation;
  return [
    code(`${method} ${path}`, 'http'),
    ...list(listFacts(document, operation)),
    ...renderProse(definition.description, depth),
    ...renderParameters(document, parameters, depth),
    ...renderRequestBody(document, definition.requestBody, depth),
    ...renderResponses(document, { responses: definition.responses, parameters, depth }),
    ...(isIncoming ? [] : renderCallbacks(document, definition, depth)),
    ...renderCodeSamples(definition, depth),
  ];
}

function listFacts(document: JsonObject, { definition, servers, isIncoming }: OperationEntry): Phrase[] {
  const { operationId, security, externalDocs } = definition;
  const urls = servers.map(({ url }) => [inlineCode(asString(url))]);
  return [
    ...listDeprecation(definition).map(([dates = '', ...use]) => [capitalize(String(dates)), ...use]),
    ...(isIncoming ? [['The API sends this request to you.']] : []),
    ...(asString(operationId) === '' ? [] : [['Operation: ', inlineCode(asString(operationId))]]),
    ...(isIncoming || urls.length === 0 ? [] : [['Server: ', ...join(urls, ', ')]]),
    ...(isIncoming && security === undefined
      ? []
      : [['Authentication: ', ...describeRequirements(security ?? document.security)]]),
    ...describeExternalDocs(externalDocs),
  ];
}

/** Returns a phrase for security requirements: alternatives, each with one or more schemes. */
function describeRequirements(security: unknown): Phrase {
  const alternatives = asArray(security).map((requirement) => {
    const schemes = Object.entries(asObject(requirement)).map(([name, scopes]) => [
      inlineCode(name),
      ...describeScopes(scopes),
    ]);
    return schemes.length === 0 ? ['none'] : join(schemes, ' and ');
  });
  return alternatives.length === 0 ? ['none'] : join(alternatives, ', or ');
}

function describeScopes(scopes: unknown): Phrase {
  const names = asArray(scopes).map((scope) => [inlineCode(String(scope))]);
  return names.length === 0 ? [] : [' (', ...join(names, ', '), ')'];
}

/** Returns a phrase with the link of an External Documentation Object, or none if it has no URL. */
export function describeExternalDocs(externalDocs: unknown): Phrase[] {
  const { url, description } = asObject(externalDocs);
  return asString(url) === '' ? [] : [['See also: ', link(asString(url), asString(description))]];
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
  const callbacks = listCallbacks(document, definition);
  if (callbacks.length === 0) return [];
  return [
    heading(depth, 'Callbacks'),
    ...callbacks.flatMap(({ name, operation }) => [
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

/** Returns the title of an operation: its summary, its ID, or its method and path. */
function formatOperationTitle({ definition, method, path }: OperationEntry): string {
  return asString(definition.summary) || asString(definition.operationId) || `${method} ${path}`;
}

/** Returns a list of operations with their methods, paths and titles. */
export function renderOperationList(operations: readonly OperationEntry[]): RootContent[] {
  return list(
    operations.map((operation) => [
      inlineCode(`${operation.method} ${operation.path}`),
      ` — ${formatOperationTitle(operation)}${operation.definition.deprecated === true ? ' (deprecated)' : ''}`,
    ]),
  );
}
