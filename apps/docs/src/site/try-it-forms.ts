import {
  asArray,
  asObject,
  asString,
  type Description,
  type ExamplePair,
  findExamplePairs,
  type JsonObject,
  listEntries,
  listOperations,
  type Operation,
  readDeprecation,
} from '@firstofficer/openapi';
import type { BodyField, Case, Choice, Field, OperationForm } from '../browser/try-it/form.ts';
import { findExamples } from '../markdown/examples.ts';
import { mergeSchema } from '../markdown/schema.ts';

/**
 * Builds the form of each operation of a description.
 *
 * @example
 * const [form] = buildForms(await loadDescription('openapi.yaml'));
 */
export function buildForms({ document, operations }: Pick<Description, 'document' | 'operations'>): OperationForm[] {
  const entries = listOperations(document).filter(({ isIncoming }) => !isIncoming);
  const keyVariable = nameKeyVariable(asObject(document.info));
  return operations.map((operation) => {
    const { id, method, path, security } = operation;
    const entry = entries.find((other) => other.method === method && other.path === path);
    const [server] = entry?.servers ?? [];
    const pairs = findExamplePairs(operation);
    const initial = pairs.find(({ status }) => status.startsWith('2'))?.parameters ?? {};
    const fields = (entry?.parameters ?? [])
      .filter((parameter) => !isPartOfHttp(parameter))
      .map((parameter) => buildField(document, parameter, initial));
    return {
      id,
      method,
      path,
      ...(operation.deprecation && { isDeprecated: true }),
      server: server ? fillServer(server) : '',
      fields,
      body: operation.requestBody && buildBody(document, asObject(asObject(entry?.definition).requestBody)),
      security: Object.values(security[0] ?? {}),
      keyVariable,
      cases: listCases(operation, { pairs, fields }),
    };
  });
}

/** Returns the URL of a server with the default values of its variables, without slashes at its end. */
function fillServer({ url, variables }: JsonObject): string {
  const fill = (whole: string, name: string) => asString(asObject(asObject(variables)[name]).default) || whole;
  return asString(url)
    .replaceAll(/\{([^{}]+)\}/g, fill)
    .replace(/\/+$/, '');
}

/** Returns the name of an environment variable for the API key, such as `ACME_TOKEN` for an API by Acme. */
function nameKeyVariable({ contact, title }: JsonObject): string {
  const provider = asString(asObject(contact).name) || asString(title);
  const words = provider.toUpperCase().match(/[A-Z][A-Z\d]*/g) ?? ['API'];
  return [...words, 'TOKEN'].join('_');
}

/** OpenAPI ignores these header parameters. The body field and the key set them. */
function isPartOfHttp({ in: location, name }: JsonObject): boolean {
  return location === 'header' && ['accept', 'content-type', 'authorization'].includes(asString(name).toLowerCase());
}

function buildField(document: JsonObject, parameter: JsonObject, initial: ExamplePair['parameters']): Field {
  const name = asString(parameter.name);
  const location = asString(parameter.in) as Field['in'];
  const isRequired = location === 'path' || parameter.required === true;
  const { keywords } = mergeSchema(document, parameter.schema);
  const choices = listChoices(document, parameter);
  const isComposite = [keywords.type].flat().some((type) => type === 'array' || type === 'object');
  const style = asString(parameter.style) || (location === 'query' || location === 'cookie' ? 'form' : 'simple');
  const fallback = isRequired ? (choices[0]?.value ?? '') : '';
  return {
    key: `${location} ${name}`,
    name,
    in: location,
    isRequired,
    ...(readDeprecation(parameter) && { isDeprecated: true }),
    choices,
    initial: Object.hasOwn(initial, name) ? (initial[name] ?? '') : fallback,
    composite: isComposite
      ? { style, isExploded: typeof parameter.explode === 'boolean' ? parameter.explode : style === 'form' }
      : undefined,
  };
}

/** Returns the examples of a parameter or of a body, and the values that the schema lists. */
function listChoices(document: JsonObject, holder: JsonObject): Choice[] {
  const { keywords } = mergeSchema(document, holder.schema);
  const examples = findExamples(document, holder).filter(({ value }) => value !== undefined);
  const values = [...asArray(keywords.enum), ...(keywords.type === 'boolean' ? [true, false] : [])];
  const listed = values.map((value) => ({ title: '', value })).filter(({ value }) => value !== null);
  const choices = [...examples, ...listed].map(({ title, value }) => ({ label: title, value: toText(value) }));
  return choices.filter(
    ({ value }, index) => choices.findIndex((other) => other.value === value) === index || choices[index]?.label !== '',
  );
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function buildBody(document: JsonObject, { required, content }: JsonObject): BodyField {
  return {
    isRequired: required === true,
    mediaTypes: listEntries(document, content).map(([name, media]) => ({
      name,
      choices: findExamples(document, media)
        .filter(({ value }) => value !== undefined)
        .map(({ title, value }) => ({ label: title, value: formatBody(name, value) })),
    })),
  };
}

function formatBody(mediaType: string, value: unknown): string {
  const isJson = /[/+]json\b/i.test(mediaType);
  if (typeof value === 'string' && !isJson) return value;
  if (/urlencoded/i.test(mediaType)) {
    return String(new URLSearchParams(Object.entries(asObject(value)).map(([name, item]) => [name, toText(item)])));
  }
  return JSON.stringify(value, null, 2);
}

/** Returns a request for each documented status. */
function listCases(
  operation: Operation,
  { pairs, fields }: { readonly pairs: readonly ExamplePair[]; readonly fields: readonly Field[] },
): Case[] {
  const statuses = Object.keys(operation.responses).toSorted();
  const success = statuses.find((status) => /^2/.test(status));
  const hasETag = fields.some(({ name }) => name.toLowerCase() === 'if-none-match');
  const unauthorized =
    operation.security.length > 0 ? ['401', '403'].find((status) => statuses.includes(status)) : undefined;
  return statuses.map((status): Case => {
    const pair = pairs.find((other) => other.status === status);
    if (pair) return { status, means: 'values', values: toKeys(pair.parameters, fields) };
    if (status === '304' && hasETag) return { status, means: 'etag', values: {} };
    if (status === unauthorized) return { status, means: 'wrong-key', values: {} };
    if (status === success) return { status, means: 'values', values: {} };
    return { status, means: 'prefer', values: {} };
  });
}

/** Returns the values of the fields by key. Fields without a value become empty, unless they are required. */
function toKeys(parameters: ExamplePair['parameters'], fields: readonly Field[]): Record<string, string> {
  return Object.fromEntries(
    fields.map(({ key, name, isRequired, initial }) => [key, parameters[name] ?? (isRequired ? initial : '')]),
  );
}
