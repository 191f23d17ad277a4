import type { Content, Entry, Har, Header, QueryString, Request, Response } from 'har-format';
import type { RecordedExchange } from '../run/recording.ts';
import type { RunReport } from '../run/report.ts';
import { formatJson, mapStrings } from './escape.ts';

/** The text that replaces a secret. */
const REMOVED = 'removed';
const SECRET_HEADER = /^(authorization|cookie|set-cookie|proxy-authorization)$/i;
// Names of headers and parameters that commonly have keys.
const SECRET_NAME = /(key|token|secret|password|credentials?)$/i;

/** Custom members of an entry. The HAR format reserves names with an underscore for them. */
interface OwnMembers {
  readonly _operation: string;
  readonly _testCase: string;
}

/**
 * Formats all requests and responses as an HTTP Archive 1.2, for tools that show or replay such files.
 *
 * @param redact Removes the key from a text.
 */
export function formatHar(
  { tool, target, spec }: RunReport,
  exchanges: readonly RecordedExchange[],
  redact: (text: string) => string,
): string {
  const har: Har = {
    log: {
      version: '1.2',
      creator: { name: tool.name, version: tool.version },
      comment: `${target} tested against ${spec.title} ${spec.version}`,
      entries: exchanges.map((exchange) => createEntry(removeKey(exchange, redact))),
    },
  };
  return formatJson(mapStrings(har, redact));
}

/** Removes the key. This must happen before the URL is split, because a key may have characters that split it. */
function removeKey(exchange: RecordedExchange, redact: (text: string) => string): RecordedExchange {
  const { response, requestBody, requestEncoding } = exchange;
  const clean = mapStrings(exchange, redact);
  // Latin-1 maps each byte to one character, so all other bytes stay unchanged.
  const redactBytes = (base64: string) =>
    Buffer.from(redact(Buffer.from(base64, 'base64').toString('latin1')), 'latin1').toString('base64');
  return {
    ...clean,
    ...(requestBody !== undefined && requestEncoding && { requestBody: redactBytes(requestBody) }),
    ...(response?.encoding && clean.response && { response: { ...clean.response, body: redactBytes(response.body) } }),
  };
}

function createEntry(exchange: RecordedExchange): Entry & OwnMembers {
  const { startedAt, durationMs, operation, testCase } = exchange;
  return {
    startedDateTime: startedAt,
    time: durationMs,
    request: createRequest(exchange),
    response: createResponse(exchange),
    cache: {},
    // The run records only the total time.
    timings: { blocked: -1, dns: -1, connect: -1, ssl: -1, send: 0, wait: durationMs, receive: 0 },
    _operation: operation,
    _testCase: testCase,
  };
}

function createRequest(exchange: RecordedExchange): Request {
  const { method, url, requestHeaders, requestBody, requestEncoding, response } = exchange;
  return {
    method,
    url: removeSecrets(url),
    httpVersion: response?.httpVersion ?? 'HTTP/1.1',
    cookies: [],
    headers: createHeaders(requestHeaders),
    queryString: parseQuery(url),
    ...(requestBody !== undefined && {
      postData: {
        mimeType: findHeaderValue(requestHeaders, 'content-type'),
        text: requestBody,
        // The HAR format has no encoding for request bodies.
        ...(requestEncoding && { _encoding: requestEncoding }),
      },
    }),
    headersSize: -1,
    bodySize: Buffer.byteLength(requestBody ?? '', requestEncoding ?? 'utf8'),
  };
}

function createResponse({ response, failure }: RecordedExchange): Response & { _error?: string } {
  if (!response) {
    return {
      status: 0,
      statusText: '',
      httpVersion: '',
      cookies: [],
      headers: [],
      content: { size: 0, mimeType: '' },
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
      _error: failure ?? 'no response',
    };
  }
  const content = createContent(response);
  return {
    status: response.status,
    statusText: response.statusText,
    httpVersion: response.httpVersion,
    cookies: [],
    headers: createHeaders(response.headers),
    content,
    redirectURL: removeSecrets(findHeaderValue(response.headers, 'location')),
    headersSize: -1,
    bodySize: content.size,
    ...(failure !== undefined && { _error: failure }),
  };
}

function createContent({ headers, body, encoding }: NonNullable<RecordedExchange['response']>): Content {
  const size = Buffer.byteLength(body, encoding ?? 'utf8');
  return { size, mimeType: findHeaderValue(headers, 'content-type'), text: body, ...(encoding && { encoding }) };
}

function createHeaders(headers: RecordedExchange['requestHeaders']): Header[] {
  return headers.map(([name, value]) => ({
    name,
    value: SECRET_HEADER.test(name) || SECRET_NAME.test(name) ? REMOVED : value,
  }));
}

function findHeaderValue(headers: RecordedExchange['requestHeaders'], wanted: string): string {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? '';
}

/** Returns the URL without user info and without the values of parameters with secret names. */
function removeSecrets(url: string): string {
  return url
    .replace(/^([a-z][a-z\d+.-]*:\/\/)[^/?#]*@/i, `$1${REMOVED}@`)
    .replace(/([?&])([^=&#]*)=([^&#]*)/g, (parameter, separator, name) =>
      SECRET_NAME.test(decode(name)) ? `${separator}${name}=${REMOVED}` : parameter,
    );
}

function parseQuery(url: string): QueryString[] {
  const query = /\?([^#]*)/.exec(removeSecrets(url))?.[1] ?? '';
  return query
    .split('&')
    .filter((parameter) => parameter !== '')
    .map((parameter) => {
      const [name = '', ...value] = parameter.split('=');
      return { name: decode(name), value: decode(value.join('=')) };
    });
}

// The request may be malformed on purpose.
function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
