import type { FetchResponse, HeadersOptions, ParamsOption, RequestBodyOption } from 'openapi-fetch';
import type { HttpMethod, MediaType, PathsWithMethod, RequiredKeysOf } from 'openapi-typescript-helpers';
import type { paths } from './generated/openapi.ts';
import { parseJson } from './json.ts';
import type { CallOptions } from './options.ts';
import type { Redact } from './redaction.ts';
import type { OperationOptions, SendOperation } from './request.ts';
import { invalidResponse } from './response-error.ts';

type Operation<Path extends keyof paths, Method extends HttpMethod> = NonNullable<paths[Path][Method]>;

type Init<T> = ParamsOption<T> & RequestBodyOption<T> & CallOptions & { readonly headers?: HeadersOptions };

type Call<Method extends HttpMethod> = <Path extends PathsWithMethod<paths, Method>>(
  path: Path,
  ...init: RequiredKeysOf<Init<Operation<Path, Method>>> extends never
    ? [init?: Init<Operation<Path, Method>>]
    : [init: Init<Operation<Path, Method>>]
) => Promise<FetchResponse<Operation<Path, Method>, object, MediaType>>;

/**
 * Every operation of the API's description, by method and path: results and errors of the API side by side, as
 * openapi-fetch has them.
 *
 * @example
 * const { data, error } = await firstofficer.api.GET('/v2/customers/{customer}', {
 *   params: { path: { customer: 'cus_1234ABCD' } },
 * });
 */
export type Api = { readonly [Method in HttpMethod as Uppercase<Method>]: Call<Method> };

export function createApi(sendOperation: SendOperation, redact: Redact): Api {
  const call = (method: keyof Api) => async (path: keyof paths, options?: OperationOptions) => {
    const { response, body = '', error } = await sendOperation(method, path, options);
    if (!response) throw error;
    // Of a success the application gets what was sent; what a failure says ends up in logs.
    const value = parseJson(response.ok ? body : (redact(body) ?? ''));
    if (error) {
      // Only what the API itself says is a result: not a redirect, nor what a proxy says.
      if (response.status < 400 || Object(value) !== value) throw error;
      return { error: value, response };
    }
    // Without a body, and rightly so: the 204 of a change, say.
    const mayBeEmpty = body === '' && (method !== 'GET' || response.status !== 200);
    if (!mayBeEmpty && (value === undefined || value === null)) throw invalidResponse(response, redact, body, ['null']);
    return { data: value, response };
  };
  const methods = ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE'] as const;
  return Object.fromEntries(methods.map((method) => [method, call(method)])) as unknown as Api;
}
