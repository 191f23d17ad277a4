import { type HeadersOptions, mergeHeaders } from 'openapi-fetch';
import { createArgumentError } from './error.ts';
import type { paths } from './generated/openapi.ts';
import type { CallOptions } from './options.ts';
import type { Exchange, Send } from './transport.ts';
import { buildUrl, type UrlParameters } from './url.ts';

/** The parameters, headers, body and call options of any operation. */
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
      // Most calls have no other header. They skip Headers, which takes as long as the rest of this function.
      headers: type || params?.header || headers ? tryMergeHeaders(key, type, params?.header, headers) : key,
      body: JSON.stringify(body),
    };
    return send(buildUrl(baseUrl, path, params), init, options);
  };
}

function tryMergeHeaders(...headers: readonly (HeadersOptions | undefined)[]): Headers {
  try {
    return mergeHeaders(...headers);
  } catch {
    // The platform's own error contains the value, which may be a secret.
    throw createArgumentError('headers', 'valid HTTP headers');
  }
}
