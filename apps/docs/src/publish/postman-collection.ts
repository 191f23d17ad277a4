import { createHash } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import {
  asObject,
  asString,
  describeDeprecation,
  type JsonObject,
  listEntries,
  listOperations,
  type OperationEntry,
  readDeprecation,
  resolveReference,
} from '@firstofficer/openapi';
import { convertV2 } from 'openapi-to-postmanv2';
import { findExamples } from '../markdown/examples.ts';
import { capitalize } from '../words/capitalize.ts';

/** The HTTP Basic credentials. Write variables in double braces. */
interface BasicCredentials {
  readonly username: string;
  readonly password: string;
}

// The members of Postman's format that the functions below read or change. They change the collection in place.

/** A folder or a request. */
interface Item {
  id?: string;
  readonly name?: string;
  readonly item?: readonly Item[];
  request?: PostmanRequest;
  response?: object[];
  auth?: Auth | null;
  event?: unknown;
  protocolProfileBehavior?: unknown;
}

interface PostmanRequest {
  readonly method: string;
  readonly url: { readonly path?: readonly string[]; readonly query?: Entry[]; readonly variable?: Entry[] };
  readonly header?: Entry[];
  body?: { readonly mode?: string; raw?: string };
  auth?: Auth | null;
  description?: unknown;
}

/** A path variable, a query parameter or a header. */
interface Entry {
  readonly key: string;
  value?: string;
  description?: unknown;
  disabled?: boolean;
}

interface Auth {
  readonly type: string;
  basic?: object[];
}

interface Collection extends Item {
  info: object;
  variable?: { readonly key: string }[];
}

// Values without an example become placeholders. Otherwise the converter generates random values in every run.
const CONVERSION = {
  folderStrategy: 'Tags',
  parametersResolution: 'Schema',
  requestParametersResolution: 'Schema',
  exampleParametersResolution: 'Schema',
  includeAuthInfoInExample: false,
} as const;

/**
 * Returns a Postman collection (v2.1) with all operations. The values and the saved responses are the documented
 * examples. URLs and keys are variables. The same description always gives the same collection.
 *
 * @throws Error if the description cannot be converted.
 */
export async function buildPostmanCollection(document: JsonObject, basic?: BasicCredentials): Promise<Collection> {
  const collection = await convert(document);
  const info = asObject(document.info);
  const title = asString(info.title);
  collection.info = {
    ...collection.info,
    _postman_id: createStableId(title),
    description: toMarkdown(asString(info.description)),
  };
  fillItems(document, collection, [title]);
  if (basic !== undefined) setBasic(collection, basic);
  declareVariables(collection);
  return collection;
}

function convert(document: JsonObject): Promise<Collection> {
  return new Promise((resolve, reject) => {
    // Pass a string: the converter modifies objects that it receives.
    convertV2(
      { type: 'string', data: JSON.stringify(removeResponseSchemas(document)) },
      CONVERSION,
      (error, conversion) => {
        const [output] = conversion?.output ?? [];
        if (error) reject(error);
        else if (output?.type !== 'collection')
          reject(new Error(`The description cannot be converted to a Postman collection: ${conversion?.reason}`));
        // The converter writes collections of version 2.1, and its own type leaves their items open.
        else resolve(output.data as Collection);
      },
    );
  });
}

/** Returns the document without response schemas, because the saved responses come from the documented examples. */
function removeResponseSchemas(document: JsonObject): JsonObject {
  const copy = structuredClone(document);
  for (const { definition } of listOperations(copy)) {
    const responses = listEntries(copy, definition.responses).map(([status, { description, content }]) => {
      const mediaTypes = Object.keys(asObject(content)).map((name) => [name, { schema: {} }]);
      return [status, { description, content: Object.fromEntries(mediaTypes) }];
    });
    Object.assign(definition, { responses: Object.fromEntries(responses) });
  }
  return copy;
}

/**
 * Fills the requests of a folder and its subfolders.
 *
 * @param parentNames - The names of the folder and of the folders above it.
 */
function fillItems(document: JsonObject, folder: Item, parentNames: readonly string[]): void {
  delete folder.event;
  for (const item of folder.item ?? []) {
    const { request, name } = item;
    const names = [...parentNames, request?.method ?? 'folder', String(name)];
    if (request === undefined) {
      item.id = createStableId(...names);
      fillItems(document, item, names);
    } else {
      item.id = createStableId(...names, JSON.stringify(request.url.path));
      fillRequest(document, item, request);
    }
  }
}

function fillRequest(document: JsonObject, item: Item, request: PostmanRequest): void {
  delete item.event;
  delete item.protocolProfileBehavior;
  // A missing member and null both mean that the request inherits the authentication.
  if (request.auth === null) delete request.auth;
  if (Object.keys(asObject(request.body)).length === 0) delete request.body;
  item.response = [];
  const operation = listOperations(document).find((each) => isRequestOf(each, request));
  if (operation === undefined) return;
  request.description = describe(operation.definition);
  const responses = listResponses(document, operation);
  item.response = responses.map(({ exampleName, ...response }) => ({
    id: createStableId(String(item.id), ...response.idParts),
    name: response.name,
    originalRequest: addExampleValues(document, request, { operation, exampleName }),
    ...response.saved,
  }));
  item.request = addExampleValues(document, request, { operation, exampleName: responses[0]?.exampleName });
}

interface RequestExample {
  readonly operation: OperationEntry;
  /** The name of the example. If undefined, each value is the first documented one. */
  readonly exampleName: string | undefined;
}

/** Returns the request with the documented values of an example. */
function addExampleValues(
  document: JsonObject,
  request: PostmanRequest,
  { operation: { parameters, definition }, exampleName }: RequestExample,
): PostmanRequest {
  const filled = structuredClone(request);
  const { url, header, body } = filled;
  const entriesByLocation = new Map([
    ['path', url.variable],
    ['query', url.query],
    ['header', header],
  ]);
  const isNamed = (holder: JsonObject) => exampleName !== undefined && exampleName in asObject(holder.examples);
  const isPair = parameters.some(isNamed);
  for (const parameter of parameters) {
    const value = findExample(document, parameter, exampleName);
    for (const entry of entriesByLocation.get(asString(parameter.in)) ?? []) {
      if (entry.key !== parameter.name) continue;
      entry.description = describe(parameter);
      if (value !== undefined) entry.value = formatExample(value);
      // The request of the example omits this parameter, or it is deprecated. Postman sends no disabled entries.
      const isOmitted = isPair || parameter.deprecated === true;
      if (isOmitted && parameter.required !== true && !isNamed(parameter)) entry.disabled = true;
    }
  }
  if (body?.mode === 'raw') {
    const [content] = Object.values(asObject(resolveReference(document, definition.requestBody).content));
    const value = findExample(document, asObject(content), exampleName);
    if (value !== undefined) body.raw = formatExample(value, 2);
  }
  return filled;
}

/** Returns whether a request belongs to an operation. Postman writes `:id` for the path parameter `{id}`. */
function isRequestOf({ method, path }: OperationEntry, request: PostmanRequest): boolean {
  const template = request.url.path?.map((segment) => segment.replace(/^:(.+)$/, '{$1}')) ?? [];
  return request.method === method && `/${template.join('/')}` === path;
}

/** Sets the credentials of a folder and of all items in it, where they use HTTP Basic. */
function setBasic(
  { auth, request, item = [] }: Pick<Item, 'auth' | 'request' | 'item'>,
  basic: BasicCredentials,
): void {
  if (auth?.type === 'basic') {
    auth.basic = Object.entries(basic).map(([key, value]) => ({ type: 'string', key, value }));
  }
  if (request) setBasic(request, basic);
  for (const each of item) setBasic(each, basic);
}

/** Declares every variable that the collection uses, so that Postman shows it to the user. */
function declareVariables(collection: Collection): void {
  const declared = collection.variable ?? [];
  const used = [...JSON.stringify(collection).matchAll(/\{\{([\w.-]+)\}\}/g)].map(([, key = '']) => key);
  const missing = [...new Set(used)].filter((key) => !declared.some((variable) => variable.key === key));
  collection.variable = [
    ...declared.map((variable) => ({ type: 'string', ...variable })),
    ...missing.map((key) => ({ type: 'string', key, value: '' })),
  ];
}

/** Returns the description of an operation or a parameter. Postman has no other place for a deprecation. */
function describe(object: JsonObject): JsonObject {
  const deprecation = readDeprecation(object);
  const warning = deprecation ? `${capitalize(describeDeprecation(deprecation, (name) => `\`${name}\``))}\n\n` : '';
  return toMarkdown((warning + asString(object.description)).trim());
}

function toMarkdown(content: string): JsonObject {
  return { content, type: 'text/markdown' };
}

interface SavedResponse {
  readonly name: string;
  readonly exampleName: string | undefined;
  /** The parts of the ID that distinguish it from other responses of the same request. */
  readonly idParts: readonly string[];
  readonly saved: JsonObject;
}

/** Returns every documented response example, and every response without a body, as a saved response of Postman. */
function listResponses(document: JsonObject, { definition }: OperationEntry): SavedResponse[] {
  return listEntries(document, definition.responses).flatMap(([status, response]) => {
    const code = parseStatus(status);
    const shared = { status: STATUS_CODES[code] ?? '', code };
    const headers = listHeaders(document, response);
    const contents = listEntries(document, response.content);
    if (contents.length === 0) {
      const name = asString(response.description) || status;
      const saved = { ...shared, _postman_previewlanguage: 'text', header: headers, cookie: [], body: '' };
      return [{ name, exampleName: undefined, idParts: [status], saved }];
    }
    return contents.flatMap(([mediaType, media]) =>
      findExamples(document, media)
        .filter(({ value }) => value !== undefined)
        .map(({ name, title, value }, index) => ({
          name: title,
          exampleName: name,
          idParts: [status, mediaType, name ?? String(index)],
          saved: {
            ...shared,
            _postman_previewlanguage: detectLanguage(mediaType),
            header: [{ key: 'Content-Type', value: mediaType }, ...headers],
            cookie: [],
            body: formatBody(value, mediaType),
          },
        })),
    );
  });
}

/** Returns a status code for a key of `responses`: 400 for `4XX` and 500 for `default`. */
function parseStatus(status: string): number {
  return status === 'default' ? 500 : Number(status.replaceAll(/X/gi, '0'));
}

function listHeaders(document: JsonObject, response: JsonObject): JsonObject[] {
  return listEntries(document, response.headers).flatMap(([key, header]) => {
    const value = findExample(document, header, undefined);
    return value === undefined ? [] : [{ key, value: formatExample(value) }];
  });
}

function formatBody(value: unknown, mediaType: string): string {
  return detectLanguage(mediaType) === 'json' ? JSON.stringify(value, null, 2) : formatExample(value, 2);
}

function detectLanguage(mediaType: string): string {
  return /[/+](json|xml|html)\b/i.exec(mediaType)?.[1]?.toLowerCase() ?? 'text';
}

/** Returns the named example of a parameter or body, else its first one, or undefined if it has no examples. */
function findExample(document: JsonObject, holder: JsonObject, name: string | undefined): unknown {
  const examples = findExamples(document, resolveReference(document, holder));
  return (examples.find((example) => name !== undefined && example.name === name) ?? examples[0])?.value;
}

/** Returns an example's value in the form in which it is sent. */
function formatExample(value: unknown, indent?: number): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, indent);
}

/** Returns a UUID of version 8 (RFC 9562) that depends only on the names. */
function createStableId(...names: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(names)).digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x80;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
