import { asObject, type JsonObject } from '@firstofficer/openapi';
import type { BodyInput, Input, Route } from './schemas.ts';
import type { Request } from './steps.ts';

/** A value that cannot be read from a request. It violates every schema. */
const MALFORMED = Symbol('malformed');

/** Reads the parameters of a request. A parameter that is not in the request has the value undefined. */
export function parseParameters(request: Request, { parameters }: Route, path: Readonly<Record<string, string>>) {
  const query = new URLSearchParams(request.query);
  return new Map(parameters.map((input) => [input, parseParameter(input, readTexts(input))]));

  function readTexts(input: Input): readonly string[] {
    const { name } = input;
    switch (input.in) {
      case 'path':
        return [path[name] ?? ''].map(decode);
      case 'header':
        return request.headersDistinct[name.toLowerCase()] ?? [];
      case 'cookie':
        return readCookies(request, name);
      default:
        return query.getAll(name);
    }
  }

  function parseParameter(input: Input, texts: readonly string[]): unknown {
    if (input.style === 'deepObject') return parseDeepObject(input, query);
    if (texts.length === 0) return undefined;
    if (input.schema.type === 'array') {
      const delimiter = input.style === 'pipeDelimited' ? '|' : ',';
      return texts
        .flatMap((text) => text.split(delimiter))
        .map((text) => parseText(text, asObject(input.schema.items)));
    }
    const [text = ''] = texts;
    return texts.length === 1 ? parseText(text, input.schema) : MALFORMED;
  }
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // No schema of a path parameter accepts this text.
    return segment;
  }
}

function readCookies({ headers }: Request, name: string): string[] {
  return (headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
}

function parseDeepObject({ name, schema }: Input, query: URLSearchParams): unknown {
  const members = [...query].filter(([key]) => key === name || key.startsWith(`${name}[`));
  if (members.length === 0) return undefined;
  const properties = asObject(schema.properties);
  return Object.fromEntries(
    members.map(([key, text]) => {
      const member = key.slice(name.length + 1, -1);
      return [member, parseText(text, asObject(properties[member]))];
    }),
  );
}

/** Parses a text by the type of its schema. A text that is not of this type stays a text, which the schema rejects. */
function parseText(text: string, { type }: JsonObject): unknown {
  if ((type === 'integer' || type === 'number') && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (type === 'boolean' && /^(true|false)$/.test(text)) return text === 'true';
  return text;
}

/** Parses a JSON text. Returns undefined if it is malformed. */
export function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/** Parses a form. */
export function parseForm(bytes: Buffer, { members }: BodyInput): unknown {
  return collectMembers([...new URLSearchParams(bytes.toString())], members);
}

/** Parses a multipart body. Returns undefined if it is malformed. */
export function parseMultipart(bytes: Buffer, contentType: string, { members }: BodyInput): unknown {
  const boundary = /;\s*boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) return undefined;
  // Latin-1 keeps every byte, so that binary files survive.
  const [first, ...parts] = `\r\n${bytes.toString('latin1')}`.split(`\r\n--${boundary}`);
  if (first === undefined || !parts.at(-1)?.startsWith('--')) return undefined;
  const entries = parts.slice(0, -1).map((part): [string, string] => {
    const [head = '', ...content] = part.split('\r\n\r\n');
    const name = /;\s*name="([^"]*)"/i.exec(head)?.[1] ?? '';
    const text = content.join('\r\n\r\n');
    return [name, members[name]?.format === 'binary' ? text : Buffer.from(text, 'latin1').toString()];
  });
  return collectMembers(entries, members);
}

function collectMembers(entries: readonly [string, string][], members: BodyInput['members']): unknown {
  const values = Map.groupBy(entries, ([name]) => name);
  return Object.fromEntries(
    [...values].map(([name, pairs]) => {
      const { type, items } = members[name] ?? {};
      const texts = pairs.map(([, text]) => text);
      if (type === 'array') return [name, texts.map((text) => parseText(text, asObject(items)))];
      return [name, texts.length === 1 ? parseText(texts[0] ?? '', members[name] ?? {}) : texts];
    }),
  );
}
