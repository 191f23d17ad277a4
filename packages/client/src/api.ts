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
  const call = (method: keyof Api) => async (path: keyof paths, init?: OperationOptions) => {
    const { response, body = '', error } = await sendOperation(method, path, init);
    if (!response) throw error;
    const value = parseJson(body);
    if (!response.ok) return { error: value ?? body, response };
    if (body && value === undefined) throw invalidResponse(response, redact, 'not JSON');
    return { data: value, response };
  };
  return {
    GET: call('GET'),
    PUT: call('PUT'),
    POST: call('POST'),
    DELETE: call('DELETE'),
    OPTIONS: call('OPTIONS'),
    HEAD: call('HEAD'),
    PATCH: call('PATCH'),
    TRACE: call('TRACE'),
  } as Api;
}
