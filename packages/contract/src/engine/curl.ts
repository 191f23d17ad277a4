import { type OperationRequest, USER_AGENT } from './operation-request.ts';

const DEFAULTS: Readonly<Record<string, string>> = {
  'user-agent': USER_AGENT,
  accept: '*/*',
  'accept-encoding': 'identity',
};

/** A shell command that repeats a request, its key left to the environment. */
export function curlOf(baseUrl: string, { method, target, headers, credentials, body }: OperationRequest): string {
  const secret = credentials?.headers ?? [];
  const told = headers.filter(
    (header) => DEFAULTS[header[0].toLowerCase()] !== header[1] && !secret.some(([name]) => name === header[0]),
  );
  const query = credentials?.query;
  const url = baseUrl + (query === undefined ? target : target.replace(query, '').replace(/[?&]$/, ''));
  return [
    // As it is: without resolving dots, without reading brackets as patterns.
    'curl -sS -i --path-as-is --globoff',
    ...(method === 'GET' ? [] : [method === 'HEAD' ? '--head' : `-X ${method}`]),
    ...(credentials?.curl.join(' ') ?? '').split('\n').filter(Boolean),
    ...told.map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`--data-binary ${quote(body)}`]),
    quote(url),
  ].join(' ');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
