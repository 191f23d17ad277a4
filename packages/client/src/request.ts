import { type HeadersOptions, mergeHeaders } from 'openapi-fetch';
import { invalidArgument } from './error.ts';
import type { paths } from './generated/openapi.ts';
import type { CallOptions } from './options.ts';
import type { Exchange, Send } from './transport.ts';
import { operationUrl, type UrlParameters } from './url.ts';

/** What a call of an operation consists of, whichever operation it is. */
export interface OperationOptions extends CallOptions {
  readonly params?: UrlParameters & { readonly header?: HeadersOptions };
  readonly headers?: HeadersOptions;
  readonly body?: unknown;
}

/** Sends one operation of the API. */
export type SendOperation = (method: string, path: keyof paths, options?: OperationOptions) => Promise<Exchange>;

export function createSendOperation(baseUrl: string, authorization: string, send: Send): SendOperation {
  return (method, path, options = {}) => {
    const { params, headers, body } = options;
    const key = { Authorization: authorization };
    const type = body === undefined ? undefined : { 'Content-Type': 'application/json' };
    const init = {
      method,
      // Most calls have the key alone, and Headers cost as much as all else that happens here.
      headers: type || params?.header || headers ? merged(key, type, params?.header, headers) : key,
      body: JSON.stringify(body),
    };
    return send(operationUrl(baseUrl, path, params), init, options);
  };
}

function merged(...headers: readonly (HeadersOptions | undefined)[]): Headers {
  try {
    return mergeHeaders(...headers);
  } catch {
    // What the platform says repeats the value.
    throw invalidArgument('headers', 'valid HTTP headers');
  }
}
