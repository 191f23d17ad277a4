import { isUtf8 } from 'node:buffer';
import { USER_AGENT } from '../http/exchange.ts';
import type { OperationRequest } from './operation-request.ts';

const DEFAULTS: Readonly<Record<string, string>> = {
  'user-agent': USER_AGENT,
  accept: '*/*',
  'accept-encoding': 'identity',
};

/** Returns a curl command that repeats a request. It reads the key from the environment. */
export function formatCurl(baseUrl: string, request: OperationRequest): string {
  const { method, target, headers, credentials, body, isAbsolute } = request;
  // A shell argument cannot have a NUL.
  const bytes = Buffer.isBuffer(body) && (!isUtf8(body) || body.includes(0)) ? body : undefined;
  const secret = credentials?.headers ?? [];
  const shownHeaders = headers
    .map((header) => removeSecretCookie(header, secret))
    .filter((header) => DEFAULTS[header[0].toLowerCase()] !== header[1] && !secret.includes(header));
  const key = credentials?.curl.join(' ') ?? '';
  const url = baseUrl + removeSecretQuery(target, credentials?.query);
  return [
    // Keep the URL unchanged: do not resolve dots or expand brackets.
    ...(bytes ? [`printf %s '${bytes.toString('base64')}' | base64 -d |`] : []),
    'curl -sS -i --path-as-is --globoff',
    ...(method === 'GET' && body === undefined ? [] : [method === 'HEAD' ? '--head' : `-X ${method}`]),
    // -G would also move a body into the query. --url-query does not, but needs curl 7.87.
    ...(key === '' ? [] : [body === undefined ? key : key.replaceAll('-G --data-urlencode', '--url-query')]),
    // curl drops a header that is written with a colon and no value.
    ...shownHeaders.map(([name, value]) => `-H ${quote(value === '' ? `${name};` : `${name}: ${value}`)}`),
    ...(body === undefined ? [] : [bytes ? '--data-binary @-' : `--data-raw ${quote(body.toString())}`]),
    ...(isAbsolute ? [`--request-target ${quote(url)}`] : []),
    quote(url),
  ].join(' ');
}

type Header = readonly [name: string, value: string];

/** Removes the key from a Cookie header that has other cookies as well, because the curl options add it again. */
function removeSecretCookie(header: Header, secret: readonly Header[]): Header {
  const [name, value] = header;
  if (secret.includes(header)) return header;
  const keys = secret.filter((one) => one[0] === 'Cookie').flatMap(([, key]) => key.split('; '));
  const cookies = value.split('; ');
  if (name !== 'Cookie' || cookies.length < 2) return header;
  return [name, cookies.filter((cookie) => !keys.includes(cookie)).join('; ')];
}

/** Removes the key from the query, because the curl options add it again. */
function removeSecretQuery(target: string, credentials: string | undefined): string {
  if (credentials === undefined) return target;
  const [path = '', query = ''] = target.split(/\?(.*)/s);
  const keys = credentials.split('&');
  const others = query.split('&').filter((pair) => !keys.includes(pair));
  return others.length === 0 ? path : `${path}?${others.join('&')}`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
