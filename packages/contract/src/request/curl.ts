import { USER_AGENT } from '../http/request.ts';
import type { OperationRequest } from './operation-request.ts';

const DEFAULTS: Readonly<Record<string, string>> = {
  'user-agent': USER_AGENT,
  accept: '*/*',
  'accept-encoding': 'identity',
};

/** A shell command that repeats a request, its key left to the environment. */
export function curlOf(baseUrl: string, { method, target, headers, credentials, body }: OperationRequest): string {
  const secret = credentials?.headers ?? [];
  const told = headers
    .map((header) => withoutCookie(header, secret))
    .filter((header) => DEFAULTS[header[0].toLowerCase()] !== header[1] && !secret.includes(header));
  const key = credentials?.curl.join(' ') ?? '';
  return [
    // As it is: without resolving dots, without reading brackets as patterns.
    'curl -sS -i --path-as-is --globoff',
    ...(method === 'GET' && body === undefined ? [] : [method === 'HEAD' ? '--head' : `-X ${method}`]),
    // By -G a body would go into the query, too; the option by which it does not came only with curl 7.87.
    ...(key === '' ? [] : [body === undefined ? key : key.replaceAll('-G --data-urlencode', '--url-query')]),
    // With a colon and nothing after it, curl sends no such header.
    ...told.map(([name, value]) => `-H ${quote(value === '' ? `${name};` : `${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`--data-raw ${quote(body)}`]),
    quote(baseUrl + withoutKey(target, credentials?.query)),
  ].join(' ');
}

type Header = readonly [name: string, value: string];

/** A cookie that carries the key shares its header with others. */
function withoutCookie(header: Header, secret: readonly Header[]): Header {
  const [name, value] = header;
  const keys = secret.filter((one) => one[0] === 'Cookie').map(([, key]) => key);
  const cookies = value.split('; ');
  if (name !== 'Cookie' || cookies.length < 2) return header;
  return [name, cookies.filter((cookie) => !keys.includes(cookie)).join('; ')];
}

/** The options of curl put the key back. */
function withoutKey(target: string, credentials: string | undefined): string {
  if (credentials === undefined) return target;
  const [path = '', query = ''] = target.split(/\?(.*)/s);
  const keys = credentials.split('&');
  const others = query.split('&').filter((pair) => !keys.includes(pair));
  return others.length === 0 ? path : `${path}?${others.join('&')}`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
