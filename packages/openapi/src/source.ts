import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import {
  type FileInfo,
  getJsonSchemaRefParserDefaultOptions,
  type ParserOptions,
  type Plugin,
} from '@apidevtools/json-schema-ref-parser';
import { hideExtensions } from './extensions.ts';

const TIMEOUT_SECONDS = 10;
const MAX_MEGABYTES = 20;
const MAX_BYTES = MAX_MEGABYTES * 1024 * 1024;

/** The text of a description, and where it comes from. */
export interface Source {
  /** The path of the file, or the URL after redirects. References in the description are relative to it. */
  readonly base: string;
  /** The path, or the URL without its query, which may contain a key. */
  readonly name: string;
  readonly text: string;
}

/**
 * Reads the text of a description from a file, or from an http or https URL.
 *
 * @throws Error if it cannot be read.
 * @example
 * const { text } = await readSource('https://api.example.com/openapi.yaml');
 */
export async function readSource(location: string | URL): Promise<Source> {
  const url = parseHttpUrl(location);
  if (url) return fetchSource(url);
  const path = location instanceof URL ? fileURLToPath(location) : String(location);
  try {
    return { base: path, name: path, text: await readFile(path, 'utf8') };
  } catch (error) {
    throw new Error(`cannot read ${path} (${(error as NodeJS.ErrnoException).code}). Check the path.`);
  }
}

/** Returns the options with which the references of a description are resolved. */
export function createParserOptions({ base, text }: Source): ParserOptions {
  const { json, yaml } = getJsonSchemaRefParserDefaultOptions().parse;
  const { origin } = parseHttpUrl(base) ?? {};
  return {
    parse: { json: hideExtensionsAfter(json), yaml: hideExtensionsAfter(yaml) },
    resolve: {
      // Reads what is on the server of the description, also if this is a server on this machine.
      ...(origin !== undefined && {
        sameServer: {
          order: 1,
          canRead: ({ url }: FileInfo) => parseHttpUrl(url)?.origin === origin,
          read: async ({ url }: FileInfo) => (url === base ? text : (await fetchSource(new URL(url))).text),
        },
        // A description from another machine must not read the files of this one.
        file: false,
      }),
      http: { timeout: TIMEOUT_SECONDS * 1000, maxContentLength: MAX_BYTES },
    },
  };
}

function hideExtensionsAfter(parser: Plugin | boolean = true): Plugin | boolean {
  if (typeof parser !== 'object') return parser;
  const { parse } = parser;
  if (typeof parse !== 'function') return parser;
  return {
    ...parser,
    parse: async (file: FileInfo) => {
      const document: unknown = await parse.call(parser, file);
      hideExtensions(document);
      return document;
    },
  };
}

/** Returns the URL if it begins with http: or https:. */
function parseHttpUrl(location: string | URL): URL | undefined {
  return /^https?:/i.test(String(location)) && URL.canParse(String(location)) ? new URL(location) : undefined;
}

async function fetchSource(url: URL): Promise<Source> {
  if (url.username || url.password) {
    throw new Error(
      `the URL of a description must not contain credentials. Download ${url.host}${url.pathname} first.`,
    );
  }
  const name = url.origin + url.pathname;
  try {
    const response = await fetch(url, {
      headers: { Accept: 'application/json, application/yaml, */*;q=0.8' },
      signal: AbortSignal.timeout(TIMEOUT_SECONDS * 1000),
    });
    if (!response.ok) throw new Error(`the server answered with status ${response.status}`);
    const text = await readText(response);
    if (/^\s*<(!doctype|html)/i.test(text)) throw new Error('it is an HTML page');
    return { base: response.url, name, text };
  } catch (error) {
    throw new Error(`cannot read ${name}: ${explain(error)}. Check the URL, or download the file and pass its path.`);
  }
}

async function readText({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > MAX_BYTES) throw new Error(`it is larger than ${MAX_MEGABYTES} MB`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function explain(error: unknown): string {
  const { name, message, cause } = error as Error;
  if (name === 'TimeoutError') return `it takes longer than ${TIMEOUT_SECONDS} seconds`;
  // The message of `fetch` is "fetch failed", and its cause says why.
  const reason = cause instanceof Error ? (cause as NodeJS.ErrnoException) : undefined;
  return reason?.code ?? reason?.message ?? message;
}
