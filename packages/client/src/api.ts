import type { FetchResponse, HeadersOptions, ParamsOption, RequestBodyOption } from 'openapi-fetch';
import type { HttpMethod, MediaType, PathsWithMethod, RequiredKeysOf } from 'openapi-typescript-helpers';
import type { paths } from './generated/openapi.ts';
import type { CallOptions } from './options.ts';
import type { Redact } from './redaction.ts';
import type { OperationOptions, SendOperation } from './request.ts';
import { createInvalidResponseError, parseJson } from './response.ts';

type Operation<Path extends keyof paths, Method extends HttpMethod> = NonNullable<paths[Path][Method]>;

type Init<T> = ParamsOption<T> & RequestBodyOption<T> & CallOptions & { readonly headers?: HeadersOptions };

type Call<Method extends HttpMethod> = <Path extends PathsWithMethod<paths, Method>>(
  path: Path,
  ...init: RequiredKeysOf<Init<Operation<Path, Method>>> extends never
    ? [init?: Init<Operation<Path, Method>>]
    : [init: Init<Operation<Path, Method>>]
) => Promise<FetchResponse<Operation<Path, Method>, object, MediaType>>;

/**
 * Every operation of the API, by method and path. As in openapi-fetch, a call resolves with either `data` or `error`.
 *
 * @example
 * const { data, error } = await firstofficer.api.GET('/v2/customers/{customer}', {
 *   params: { path: { customer: 'cus_1234ABCD' } },
 * });
 */
export type Api = { readonly [Method in HttpMethod as Uppercase<Method>]: Call<Method> };

export function createApi(sendOperation: SendOperation, redact: Redact): Api {
  const createCall = (method: keyof Api) => async (path: keyof paths, options?: OperationOptions) => {
    const { response, body = '', error } = await sendOperation(method, path, options);
    if (!response) throw error;
    // Applications log errors, so the key is removed from them. Data stays as the server sent it.
    const value = parseJson(response.ok ? body : (redact(body) ?? ''));
    if (error) {
      // Only errors from the API itself are results. Redirects and errors from proxies reject.
      if (response.status < 400 || Object(value) !== value) throw error;
      return { error: value, response };
    }
    // A 204 response has no body, for example. A 200 response to a GET must have one.
    const mayBeEmpty = body === '' && (method !== 'GET' || response.status !== 200);
    if (!mayBeEmpty && (value === undefined || value === null)) {
      throw createInvalidResponseError({ response, body }, redact, ['null']);
    }
    return { data: value, response };
  };
  const methods = ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE'] as const;
  // Object.fromEntries loses the keys, and the types of each operation exist only at compile time.
  return Object.fromEntries(methods.map((method) => [method, createCall(method)])) as unknown as Api;
}
