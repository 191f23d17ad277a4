import type { SecurityScheme } from '@firstofficer/openapi/browser';
import { LANGUAGES } from '../../content/languages.ts';
import type { TryItRequest } from './form.ts';
import { findKeyPlace } from './key.ts';

/** A request to write as code. */
export interface SnippetRequest extends TryItRequest {
  /** The URL of the server, without a slash at its end. */
  readonly server: string;
  readonly security: readonly SecurityScheme[];
  /** The environment variable that the code reads the key from. The reader's own key is never in the code. */
  readonly variable: string;
  /** A wrong key, which the code contains in place of the variable. It is no secret. */
  readonly wrongKey?: string | undefined;
}

/** A request as code. */
export interface Snippet {
  /** The ID of the language, such as `curl`. */
  readonly language: string;
  /** The name of the language that readers see. */
  readonly label: string;
  readonly code: string;
}

/** A part of a text: characters, or a variable of the code. */
type Part = string | { readonly variable: 'token' | 'credentials' };
type Text = readonly Part[];

/** A request whose texts may contain variables. */
interface Call {
  readonly method: string;
  readonly url: Text;
  readonly headers: readonly (readonly [name: string, value: Text])[];
  readonly body: string | undefined;
  readonly variable: string;
  readonly wrongKey: string | undefined;
  /** The variables that the texts contain. The credentials are made from the token. */
  readonly uses: ReadonlySet<'token' | 'credentials'>;
  readonly hasDotSegments: boolean;
}

const WRITERS: Readonly<Record<string, (call: Call) => string | undefined>> = {
  curl: writeCurl,
  typescript: writeTypeScript,
  ruby: writeRuby,
  python: writePython,
};

/**
 * Writes a request as code in each language that can send it. The code needs no library, and whatever the request
 * contains stays a text of the language.
 *
 * @example
 * renderSnippets({ ...request, server: 'https://api.example.com', security: [], variable: 'API_TOKEN' });
 */
export function renderSnippets(request: SnippetRequest): Snippet[] {
  const call = createCall(request);
  return LANGUAGES.flatMap(({ id, label }) => {
    const code = WRITERS[id]?.(call);
    return code === undefined ? [] : [{ language: id, label, code }];
  });
}

function createCall(request: SnippetRequest): Call {
  const { method, server, target, headers, body, security, variable, wrongKey } = request;
  const path = encodeRest(target);
  const url: Part[] = [(URL.canParse(server) ? server : `https://api.example.com${server}`) + path];
  const lines = new Map<string, Text>();
  for (const [name, value] of Object.entries(headers)) lines.set(name, [value.replaceAll(/[\r\n]+/g, ' ')]);
  const uses = new Set<'token' | 'credentials'>();
  for (const scheme of security) {
    const { in: location, name, before, after, isBasic } = findKeyPlace(scheme);
    const key = { variable: isBasic ? 'credentials' : 'token' } as const;
    uses.add('token').add(key.variable);
    const cookies = lines.get('Cookie');
    if (location === 'query') url.push(`${url.length > 1 || path.includes('?') ? '&' : '?'}${before}`, key);
    else if (location === 'cookie') lines.set('Cookie', [...(cookies ? [...cookies, '; '] : []), before, key]);
    else lines.set(name, [before, key, after]);
  }
  const hasDotSegments = /(^|\/)(\.|%2e){1,2}(?=[/?]|$)/i.test(path.replace(/\?.*/, ''));
  return { method, url, headers: [...lines], body: body?.toWellFormed(), variable, wrongKey, uses, hasDotSegments };
}

const NOT_IN_URL = /[^!-~]|["#<>[\]\\^`{|}!]|%(?![\da-f]{2})/giu;

/** Percent-encodes characters that are not allowed in a URL, or that a command line interprets. */
function encodeRest(target: string): string {
  return target.toWellFormed().replaceAll(NOT_IN_URL, (character) => {
    const bytes = [...new TextEncoder().encode(character)];
    return bytes.map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
  });
}

function writeCurl({ method, url, headers, body, variable, wrongKey, hasDotSegments }: Call): string {
  const implied = body === undefined ? 'GET' : 'POST';
  const fillIn = (part: Part) => (typeof part === 'string' ? part : (wrongKey ?? part));
  const isCredentials = (part: Part) => typeof part !== 'string' && part.variable === 'credentials';
  const write = (text: Text) => quoteForShell(text.map(fillIn), variable);
  const basic = headers.some(([, value]) => value.some(isCredentials))
    ? ` -u ${write([{ variable: 'credentials' }, ':'])}`
    : '';
  return [
    `curl -sS --fail-with-body${hasDotSegments ? ' --path-as-is' : ''}${basic}`,
    ...(method === 'HEAD' ? ['--head'] : method === implied ? [] : [`-X ${write([method])}`]),
    ...headers.flatMap(([name, value]) => (value.some(isCredentials) ? [] : [`-H ${write([`${name}: `, ...value])}`])),
    ...(body === undefined ? [] : [`--data-raw ${write([body])}`]),
    write(url),
  ].join(' \\\n  ');
}

function quoteForShell(text: Text, variable: string): string {
  const plain = text.every((part) => typeof part === 'string') ? text.join('') : undefined;
  if (plain !== undefined) return /^[\w@%+=:,./-]+$/.test(plain) ? plain : `'${plain.replaceAll("'", "'\\''")}'`;
  // Interactive shells replace an exclamation mark between double quotes.
  const quote = (characters: string) => characters.replaceAll(/[\\"$`]/g, '\\$&').replaceAll('!', `"'!'"`);
  return `"${text.map((part) => (typeof part === 'string' ? quote(part) : `$${variable}`)).join('')}"`;
}

function writeTypeScript(call: Call): string | undefined {
  const { method, url, headers, body, variable, wrongKey, uses, hasDotSegments } = call;
  // `fetch` resolves the segments . and .. before it sends a request.
  if (hasDotSegments) return undefined;
  const toName = (name: string) => (/^[a-z]\w*$/i.test(name) ? name : quoteForTypeScript([name]));
  const options = [
    ...(method === 'GET' ? [] : [`  method: ${quoteForTypeScript([method])},`]),
    ...(headers.length === 0
      ? []
      : [
          '  headers: {',
          ...headers.map(([name, value]) => `    ${toName(name)}: ${quoteForTypeScript(value)},`),
          '  },',
        ]),
    ...(body === undefined ? [] : [`  body: ${quoteForTypeScript([body])},`]),
  ];
  const argument = options.length === 0 ? '' : `, {\n${options.join('\n')}\n}`;
  return [
    ...(uses.has('token')
      ? [`const token = ${wrongKey === undefined ? `process.env.${variable}` : quoteForTypeScript([wrongKey])};`]
      : []),
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is code
    ...(uses.has('credentials') ? ['const credentials = btoa(`${token}:`);'] : []),
    `const url = ${quoteForTypeScript(url)};`,
    `const response = await fetch(url${argument});`,
    'console.log(response.status, await response.text());',
  ].join('\n');
}

function quoteForTypeScript(text: Text): string {
  const isTemplate = text.some((part) => typeof part !== 'string' || part.includes('\n'));
  const special = isTemplate ? /[\\`]|\$(?=\{)/g : /[\\']/g;
  const content = join(text, special, (name) => `\${${name}}`);
  return isTemplate ? `\`${content}\`` : `'${content}'`;
}

function writePython({ method, url, headers, body, variable, wrongKey, uses }: Call): string {
  const implied = body === undefined ? 'GET' : 'POST';
  return [
    ...(uses.has('token') && wrongKey === undefined ? ['import os'] : []),
    ...(uses.has('credentials') ? ['from base64 import b64encode'] : []),
    'from urllib.error import HTTPError',
    'from urllib.request import Request, urlopen',
    '',
    ...(uses.has('token')
      ? [`token = ${wrongKey === undefined ? `os.environ["${variable}"]` : quoteForPython([wrongKey])}`]
      : []),
    ...(uses.has('credentials') ? ['credentials = b64encode(f"{token}:".encode()).decode()'] : []),
    `url = ${quoteForPython(url)}`,
    'request = Request(',
    '    url,',
    ...(method === implied ? [] : [`    method=${quoteForPython([method])},`]),
    ...(headers.length === 0
      ? []
      : [
          '    headers={',
          ...headers.map(([name, value]) => `        ${quoteForPython([name])}: ${quoteForPython(value)},`),
          '    },',
        ]),
    ...(body === undefined ? [] : [`    data=${quoteForPython([body])}.encode(),`]),
    ')',
    'try:',
    '    response = urlopen(request, timeout=30)',
    'except HTTPError as error:',
    '    response = error',
    'with response:',
    '    print(response.status, response.read().decode())',
  ].join('\n');
}

function quoteForPython(text: Text): string {
  const characters = text.filter((part) => typeof part === 'string').join('');
  const isFormat = text.some((part) => typeof part !== 'string');
  const isSingle = characters.includes('"') && !characters.includes("'");
  const quote = characters.includes('\n') ? "'''" : isSingle ? "'" : '"';
  const braces = isFormat
    ? (part: Part) => (typeof part === 'string' ? part.replaceAll(/[{}]/g, '$&$&') : part)
    : identity;
  const content = join(text.map(braces), quote === '"' ? /[\\"]/g : /[\\']/g, (name) => `{${name}}`);
  return `${isFormat ? 'f' : ''}${quote}${content}${quote}`;
}

function identity(part: Part): Part {
  return part;
}

function writeRuby({ method, url, headers, body, variable, wrongKey, uses }: Call): string {
  const names = ['uri.request_uri', ...(body === undefined ? ['nil'] : ['body']), 'headers'];
  const call =
    method === 'HEAD'
      ? 'http.head(uri.request_uri, headers)'
      : `http.send_request(${quoteForRuby([method])}, ${names.join(', ')})`;
  const send =
    method === 'GET'
      ? ['response = Net::HTTP.get_response(uri, headers)']
      : [
          "response = Net::HTTP.start(uri.hostname, uri.port, use_ssl: uri.scheme == 'https') do |http|",
          `  ${call}`,
          'end',
        ];
  return [
    "require 'net/http'",
    '',
    ...(uses.has('token')
      ? [`token = ${wrongKey === undefined ? `ENV.fetch('${variable}')` : quoteForRuby([wrongKey])}`]
      : []),
    ...(uses.has('credentials') ? [`credentials = ["#{token}:"].pack('m0')`] : []),
    `url = ${quoteForRuby(url)}`,
    'uri = URI(url)',
    ...(headers.length === 0
      ? ['headers = {}']
      : [
          'headers = {',
          ...headers.map(([name, value]) => `  ${quoteForRuby([name])} => ${quoteForRuby(value)},`),
          '}',
        ]),
    ...(body === undefined ? [] : [`body = ${quoteForRuby([body])}`]),
    ...send,
    'puts response.code, response.body',
  ].join('\n');
}

function quoteForRuby(text: Text): string {
  const characters = text.filter((part) => typeof part === 'string').join('');
  const isPlain = text.every((part) => typeof part === 'string') && characters === escapeInvisible(characters);
  if (isPlain) return `'${characters.replaceAll(/[\\']/g, '\\$&')}'`;
  const [start, special, end] = characters.includes('"')
    ? (['%(', /[\\#()]/g, ')'] as const)
    : (['"', /[\\#"]/g, '"'] as const);
  return start + join(text, special, (name) => `#{${name}}`) + end;
}

/** Joins the parts of a text. Puts a backslash before special characters, and writes invisible ones as escapes. */
function join(text: Text, special: RegExp, write: (variable: string) => string): string {
  return text
    .map((part) =>
      typeof part === 'string' ? escapeInvisible(part.replaceAll(special, '\\$&')) : write(part.variable),
    )
    .join('');
}

// Characters that an editor does not show, or that change how the code looks.
const INVISIBLE = /(?!\n)[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

/** Writes invisible characters as escapes that TypeScript, Python and Ruby understand. Line breaks stay. */
function escapeInvisible(text: string): string {
  return text.replaceAll(INVISIBLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
