import { createHash } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { asArray, asObject, asString, type JsonObject, listEntries, METHODS, resolve } from '@firstofficer/openapi';
import { convertV2 } from 'openapi-to-postmanv2';
import { type DocumentedExample, findExamples } from '../markdown/examples.ts';
import { listOperations, type OperationEntry } from '../markdown/operation.ts';

/**
 * Options for a collection.
 *
 * @example
 * const options: PostmanOptions = { basic: { username: '{{token}}', password: '' } };
 */
interface PostmanOptions {
  /** The HTTP Basic credentials. Write variables in double braces. Default: two variables. */
  readonly basic?: { readonly username: string; readonly password: string };
}

/** A part of a collection. The functions below change it in place. */
type Part = Record<string, unknown>;

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
 * @example
 * const { item } = await buildPostmanCollection(document, { basic: { username: '{{token}}', password: '' } });
 */
export async function buildPostmanCollection(document: JsonObject, options: PostmanOptions = {}): Promise<JsonObject> {
  const collection = await convert(document);
  const info = asObject(document.info);
  const title = asString(info.title);
  collection.info = {
    ...asObject(collection.info),
    _postman_id: createStableId(title),
    description: markdown(asString(info.description)),
  };
  fillItems({ document, operations: listOperations(document), folder: collection, names: [title] });
  if (options.basic !== undefined) setBasic(collection, options.basic);
  declareVariables(collection);
  return collection;
}

async function convert(document: JsonObject): Promise<Part> {
  return new Promise((resolve, reject) => {
    // Pass a string: the converter modifies objects that it receives.
    convertV2(
      { type: 'string', data: JSON.stringify(withoutResponseBodies(document)) },
      CONVERSION,
      (error, conversion) => {
        const [output] = conversion?.output ?? [];
        if (error) reject(error);
        else if (output?.type !== 'collection')
          reject(new Error(`The description cannot be converted to a Postman collection: ${conversion?.reason}`));
        else resolve(output.data as Part);
      },
    );
  });
}

/** Returns the document without response schemas, because the saved responses come from the documented examples. */
function withoutResponseBodies(document: JsonObject): JsonObject {
  const mediaTypes = (response: JsonObject) =>
    listEntries(document, response.content).map(([name]) => [name, { schema: {} }]);
  const bare = (operation: JsonObject): JsonObject => ({
    ...operation,
    responses: Object.fromEntries(
      listEntries(document, operation.responses).map(([status, response]) => [
        status,
        { description: response.description, content: Object.fromEntries(mediaTypes(response)) },
      ]),
    ),
  });
  const paths = listEntries(document, document.paths).map(([path, item]) => {
    const operations = METHODS.filter((method) => item[method] !== undefined);
    return [path, { ...item, ...Object.fromEntries(operations.map((name) => [name, bare(asObject(item[name]))])) }];
  });
  return { ...document, paths: Object.fromEntries(paths) };
}

/** Fills the requests of a folder and its subfolders. */
function fillItems({
  document,
  operations,
  folder,
  names: above,
}: {
  readonly document: JsonObject;
  readonly operations: readonly OperationEntry[];
  readonly folder: Part;
  /** The names of the folder and of the folders above it. */
  readonly names: readonly string[];
}): void {
  delete folder.event;
  for (const item of asArray(folder.item) as Part[]) {
    const request = item.request as Part | undefined;
    const operation = operations.find((each) => request !== undefined && isOf(each, request));
    const names = [...above, request === undefined ? 'folder' : asString(request.method), String(item.name)];
    if (request === undefined) {
      item.id = createStableId(...names);
      fillItems({ document, operations, folder: item, names });
    } else {
      item.id = createStableId(...names, JSON.stringify(asObject(request.url).path));
      fillRequest(document, item, operation);
    }
  }
}

function fillRequest(document: JsonObject, item: Part, found: OperationEntry | undefined): void {
  const request = item.request as Part;
  delete item.event;
  delete item.protocolProfileBehavior;
  // A missing member and null both mean that the request inherits the authentication.
  if (request.auth === null) delete request.auth;
  if (Object.keys(asObject(request.body)).length === 0) delete request.body;
  item.response = [];
  if (found === undefined) return;
  request.description = markdown(asString(found.operation.description));
  const requestOf = (name: string | undefined) => requestWith(document, request, { found, name });
  item.response = buildSavedResponses(document, found, { itemId: item.id as string, requestOf });
  item.request = requestOf(undefined);
}

/** Returns the request with the values of the named example, or of the first documented example. */
function requestWith(
  document: JsonObject,
  request: Part,
  { found, name }: { readonly found: OperationEntry; readonly name: string | undefined },
): JsonObject {
  const { parameters, operation } = found;
  const filled = structuredClone(request);
  const url = filled.url as Part;
  const places = { path: url.variable, query: url.query, header: filled.header };
  for (const parameter of parameters) {
    const value = findExample(document, parameter, name);
    for (const entry of asArray(places[parameter.in as keyof typeof places]) as Part[]) {
      if (entry.key !== parameter.name) continue;
      entry.description = markdown(asString(parameter.description));
      if (value !== undefined) entry.value = exampleText(value);
    }
  }
  const body = filled.body as Part | undefined;
  if (body?.mode === 'raw') {
    const content = asObject(asObject(operation.requestBody).content);
    const value = findExample(document, asObject(Object.values(content)[0]), name);
    if (value !== undefined) body.raw = exampleText(value, 2);
  }
  return filled;
}

/** Returns whether a request belongs to an operation. Postman writes `:id` for the path parameter `{id}`. */
function isOf({ method, path }: OperationEntry, request: JsonObject): boolean {
  const written = asArray(asObject(request.url).path).map((segment) => String(segment).replace(/^:(.+)$/, '{$1}'));
  return request.method === method && `/${written.join('/')}` === path;
}

function setBasic(part: Part, { username, password }: { readonly username: string; readonly password: string }): void {
  const auth = part.auth as Part | undefined;
  if (auth?.type === 'basic') {
    auth.basic = [
      { type: 'string', key: 'username', value: username },
      { type: 'string', key: 'password', value: password },
    ];
  }
  if (part.request !== undefined) setBasic(part.request as Part, { username, password });
  for (const item of asArray(part.item) as Part[]) setBasic(item, { username, password });
}

/** Declares every variable that the collection uses, so that Postman shows it to the user. */
function declareVariables(collection: Part): void {
  const declared = asArray(collection.variable).map(asObject);
  const used = [...JSON.stringify(collection).matchAll(/\{\{([\w.-]+)\}\}/g)].map(([, key]) => key);
  const missing = [...new Set(used)].filter((key) => !declared.some((variable) => variable.key === key));
  collection.variable = [
    ...declared.map((variable) => ({ type: 'string', ...variable })),
    ...missing.map((key) => ({ type: 'string', key, value: '' })),
  ];
}

function markdown(content: string): JsonObject {
  return { content, type: 'text/markdown' };
}

/** Returns every documented response example as a saved response of Postman, with its request. */
function buildSavedResponses(
  document: JsonObject,
  { operation }: OperationEntry,
  {
    itemId,
    requestOf,
  }: {
    readonly itemId: string;
    /** Returns the request with the values of a named example. */
    readonly requestOf: (name: string | undefined) => JsonObject;
  },
): JsonObject[] {
  return listEntries(document, operation.responses).flatMap(([status, response]) =>
    listEntries(document, response.content).flatMap(([mediaType, media]) =>
      findExamples(document, media)
        .filter(({ value }) => value !== undefined)
        .map((example, index) => ({
          id: createStableId(itemId, status, mediaType, example.name ?? String(index)),
          name: example.title,
          originalRequest: requestOf(example.name),
          status: STATUS_CODES[codeOf(status)] ?? '',
          code: codeOf(status),
          _postman_previewlanguage: languageOf(mediaType),
          header: [{ key: 'Content-Type', value: mediaType }, ...headersOf(document, response)],
          cookie: [],
          body: bodyOf(example, mediaType),
        })),
    ),
  );
}

/** Returns a status code for a key of `responses`: 400 for `4XX` and 500 for `default`. */
function codeOf(status: string): number {
  return status === 'default' ? 500 : Number(status.replaceAll(/X/gi, '0'));
}

function headersOf(document: JsonObject, response: JsonObject): JsonObject[] {
  return listEntries(document, response.headers).flatMap(([key, header]) => {
    const value = findExample(document, header, undefined);
    return value === undefined ? [] : [{ key, value: exampleText(value) }];
  });
}

function bodyOf({ value }: DocumentedExample, mediaType: string): string {
  return languageOf(mediaType) === 'json' ? JSON.stringify(value, null, 2) : exampleText(value, 2);
}

function languageOf(mediaType: string): string {
  return /[/+](json|xml|html)\b/i.exec(mediaType)?.[1]?.toLowerCase() ?? 'text';
}

/** Returns the named example of a parameter or body, else its first one, or undefined if it has no examples. */
function findExample(document: JsonObject, holder: JsonObject, name: string | undefined): unknown {
  const examples = findExamples(document, resolveReference(document, holder));
  const found = examples.find((example) => name !== undefined && example.name === name) ?? examples[0];
  return found?.value;
}

/** Returns an example's value in the form in which it is sent. */
function exampleText(value: unknown, indent?: number): string {
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
