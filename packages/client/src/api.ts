import type { ParamsOption, RequestBodyOption } from 'openapi-fetch';
import type {
  ErrorResponse,
  HttpMethod,
  MediaType,
  PathsWithMethod,
  Readable,
  RequiredKeysOf,
  ResponseObjectMap,
  SuccessResponse,
} from 'openapi-typescript-helpers';
import type { ResponseHead } from './fetch.ts';
import type { OperationSender } from './operation.ts';
import type { CallOptions } from './options.ts';
import type { OperationInput } from './request.ts';
import type { paths } from './types.ts';

type Operation<Paths, Path extends keyof Paths, Method extends HttpMethod> =
  Paths[Path] extends Readonly<Record<Method, infer Operation extends object>> ? Operation : never;

type Init<Operation> = ParamsOption<Operation> & RequestBodyOption<Operation> & CallOptions;

// As in openapi-fetch, except that the response need not be a global Response.
type Result<Operation extends object> =
  | {
      data: Readable<SuccessResponse<ResponseObjectMap<Operation>, MediaType>>;
      error?: never;
      response: ResponseHead;
    }
  | {
      data?: never;
      error: Readable<ErrorResponse<ResponseObjectMap<Operation>, MediaType>>;
      response: ResponseHead;
    };

/** The result of a 304. Only a request with the parameter If-None-Match can get it. */
type NotModified<Header> = Header extends { readonly 'If-None-Match': string }
  ? { data?: never; error?: never; response: ResponseHead }
  : never;

type HeaderOf<Operation> = Operation extends { readonly parameters: { readonly header?: infer Header } }
  ? Header
  : never;

interface WithHeader<Header> {
  readonly params?: { readonly header?: Header };
}

type Call<Paths extends object, Method extends HttpMethod> = <
  Path extends PathsWithMethod<Paths, Method>,
  Header extends HeaderOf<Operation<Paths, Path, Method>> | undefined = undefined,
>(
  path: Path,
  ...init: RequiredKeysOf<Init<Operation<Paths, Path, Method>>> extends never
    ? [init?: Init<Operation<Paths, Path, Method>> & WithHeader<Header>]
    : [init: Init<Operation<Paths, Path, Method>> & WithHeader<Header>]
) => Promise<Result<Operation<Paths, Path, Method>> | NotModified<Header>>;

/** The methods that operations of an API have. HEAD, OPTIONS and TRACE have no data of their own. */
type ApiMethod = Exclude<HttpMethod, 'head' | 'options' | 'trace'>;

/**
 * Every operation of the API, by method and path. As in openapi-fetch, a call resolves with either `data` or `error`. With
 * the parameter `If-None-Match`, the status can be 304, and then there is neither.
 *
 * @example
 * const { data, error } = await firstofficer.api.GET('/v2/customers/{customer}', {
 *   params: { path: { customer: 'cus_1234ABCD' } },
 * });
 */
export type Api<Paths extends object = paths> = {
  readonly [Method in ApiMethod as Uppercase<Method>]: Call<Paths, Method>;
};

/** Creates a function for each HTTP method. It sends the operation of that method and a path. */
export function createApi<Paths extends object = paths>(sendOperation: OperationSender): Api<Paths> {
  const methods = 'GET PUT POST DELETE PATCH'.split(' ') as Uppercase<ApiMethod>[];
  // The cast is safe: the keys are all the methods, and what each function accepts is only known to the types.
  return Object.fromEntries(
    methods.map((method) => [
      method,
      (path: string, options?: OperationInput & CallOptions) => sendOperation({ ...options, method, path }),
    ]),
  ) as unknown as Api<Paths>;
}
