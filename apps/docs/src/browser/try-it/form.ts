import { fillPath, type SecurityScheme } from '@firstofficer/openapi/browser';
import { parseJson } from '../../json.ts';

/** A value that a reader can choose instead of typing one. */
export interface Choice {
  readonly label: string;
  readonly value: string;
}

/** A field of the form: one parameter of the operation. */
export interface Field {
  /** Identifies the field in the form: two parameters in different places may have the same name. */
  readonly key: string;
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie' | 'querystring';
  readonly isRequired: boolean;
  readonly isDeprecated?: boolean;
  readonly choices: readonly Choice[];
  /** The value when the form opens. */
  readonly initial: string;
  /** How a list or an object is serialized. Undefined for other parameters, whose text is sent as it is. */
  readonly composite: { readonly style: string; readonly isExploded: boolean } | undefined;
}

/** The field of the request body. */
export interface BodyField {
  readonly isRequired: boolean;
  readonly mediaTypes: readonly { readonly name: string; readonly choices: readonly Choice[] }[];
}

/** A request that leads to a documented status. */
export interface Case {
  /** The status as the description writes it, such as `404` or `4XX`. */
  readonly status: string;
  /** What the request needs besides the values: the ETag of a response, a wrong key, or the header `Prefer` of the mock. */
  readonly means: 'values' | 'etag' | 'wrong-key' | 'prefer';
  /** The values of the fields that differ from the initial ones, by key. */
  readonly values: Readonly<Record<string, string>>;
}

/** The form of an operation. The build makes it from the description. */
export interface OperationForm {
  readonly id: string;
  readonly method: string;
  /** The path template. */
  readonly path: string;
  readonly isDeprecated?: boolean;
  /** The URL of the API, for snippets. */
  readonly server: string;
  readonly fields: readonly Field[];
  readonly body: BodyField | undefined;
  /** The security schemes that a request satisfies together. Empty if it needs no key. */
  readonly security: readonly SecurityScheme[];
  /** The environment variable that snippets read the key from. */
  readonly keyVariable: string;
  readonly cases: readonly Case[];
}

/** What the reader has entered. */
export interface FormValues {
  /** The values of the fields, by key. */
  readonly fields: Readonly<Record<string, string>>;
  readonly mediaType: string;
  readonly body: string;
  /** The value of the header `Prefer`, which only the mock understands. Empty for none. */
  readonly prefer: string;
}

/** A request without its key and without the server. */
export interface TryItRequest {
  readonly method: string;
  /** The path, percent-encoded, with the query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/**
 * Builds the request that a form describes. Empty fields are not sent, except in the path.
 *
 * @example
 * buildRequest(form, { fields: { 'path customer': 'a b' }, mediaType: '', body: '', prefer: '' }).target; // '/customers/a%20b'
 */
export function buildRequest(form: OperationForm, { fields, mediaType, body, prefer }: FormValues): TryItRequest {
  const path: Record<string, string> = {};
  const query: string[] = [];
  const headers: Record<string, string> = {};
  const cookies: string[] = [];
  for (const field of form.fields) {
    const text = (fields[field.key] ?? '').toWellFormed();
    if (field.in === 'path') path[field.name] = joinValue(field, text);
    if (text === '') continue;
    if (field.in === 'querystring') query.push(text.replace(/^\?/, ''));
    if (field.in === 'query')
      query.push(...listPairs(field, text).map((pair) => pair.map(encodeURIComponent).join('=')));
    if (field.in === 'header') headers[field.name] = joinValue(field, text);
    if (field.in === 'cookie') cookies.push(`${field.name}=${joinValue(field, text)}`);
  }
  if (cookies.length > 0) headers.Cookie = cookies.join('; ');
  if (prefer !== '') headers.Prefer = prefer;
  const hasBody = form.body !== undefined && body !== '' && form.method !== 'GET' && form.method !== 'HEAD';
  if (hasBody && mediaType !== '') headers['Content-Type'] = mediaType;
  const search = query.length > 0 ? `?${query.join('&')}` : '';
  return { method: form.method, target: fillPath(form.path, path) + search, headers, body: hasBody ? body : undefined };
}

/** Returns the values of a list or of the members of an object. The text is JSON. Returns undefined for other texts. */
function readComposite(
  { composite }: Field,
  text: string,
): readonly (readonly [name: string, value: string])[] | undefined {
  if (!composite) return undefined;
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null) return undefined;
  const toText = (item: unknown) => (typeof item === 'string' ? item : JSON.stringify(item));
  return Array.isArray(value)
    ? value.map((item) => ['', toText(item)])
    : Object.entries(value).map(([name, item]) => [name, toText(item)]);
}

const SEPARATORS: Readonly<Record<string, string>> = { spaceDelimited: ' ', pipeDelimited: '|' };

/** Returns the pairs of a query parameter. */
function listPairs(field: Field, text: string): string[][] {
  const values = readComposite(field, text);
  const { style = '', isExploded } = field.composite ?? {};
  if (values && style === 'deepObject') return values.map(([name, value]) => [`${field.name}[${name}]`, value]);
  if (values && isExploded) return values.map(([name, value]) => [name || field.name, value]);
  const parts = values?.flatMap(([name, value]) => (name === '' ? [value] : [name, value]));
  return [[field.name, parts?.join(SEPARATORS[style] ?? ',') ?? text]];
}

/** Returns the text of a parameter that is a single value, such as a header. */
function joinValue(field: Field, text: string): string {
  const values = readComposite(field, text);
  if (!values) return text;
  const separator = field.composite?.isExploded ? '=' : ',';
  return values.map(([name, value]) => (name === '' ? value : name + separator + value)).join(',');
}
