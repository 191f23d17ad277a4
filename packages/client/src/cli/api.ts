import { CODES_BY_STATUS, FirstOfficerError } from '../error.ts';
import { createOperationSender, type OperationSender } from '../operation.ts';
import type { CallOptions, ClientOptions } from '../options.ts';
import { serializeInput } from '../serialize.ts';
import type { ApiDefinition, CommandDefinition } from './definition.ts';

/** The options of every command. */
export interface Flags {
  readonly url?: string;
  readonly token?: string;
  readonly timeLimit?: number;
  readonly maxRetries?: number;
}

/** What the user passed to one operation. */
export interface OperationValues {
  readonly params: {
    readonly path: Readonly<Record<string, string>>;
    readonly query: Readonly<Record<string, unknown>>;
    readonly header: Readonly<Record<string, string>>;
  };
  readonly body?: unknown;
}

/** The functions that are called while an operation is sent. */
type ApiEvents = Required<Pick<ClientOptions, 'onRetry' | 'onDeprecation'>>;

/** Sends operations, and throws every error response. */
export class Api {
  readonly #send: OperationSender;

  constructor(api: ApiDefinition, { url, token = '', timeLimit, maxRetries }: Flags, events: ApiEvents) {
    const timeout = timeLimit && Math.ceil(timeLimit * 1000);
    const options = { token, baseUrl: url, timeout, maxRetries, ...events };
    this.#send = createOperationSender(options, api);
  }

  /**
   * Sends an operation and returns the body of the success.
   *
   * @throws FirstOfficerError if the operation fails.
   */
  async call(
    { method, path, object }: CommandDefinition,
    { params, body }: OperationValues,
    options: CallOptions,
  ): Promise<unknown> {
    const hasHeaders = Object.keys(params.header).length > 0;
    const request = {
      ...options,
      method,
      path,
      params: { path: params.path, query: params.query, ...(hasHeaders && { header: params.header }) },
      ...(body !== undefined && { body }),
      ...(object !== undefined && { object }),
    };
    const { data, error, response } = await this.#send(serializeInput(request));
    if (error === undefined) return data;
    const { status, headers } = response;
    const { message, type, param } = Object(Object(error).error);
    const text = typeof message === 'string' && message ? message : `The API answered with status ${status}.`;
    const requestId = headers.get('X-Request-Id') ?? undefined;
    throw new FirstOfficerError(CODES_BY_STATUS[status] ?? 'http', text, { status, type, param, requestId });
  }
}
