import { isUtf8 } from 'node:buffer';
import type { TestCase } from '../checks/check.ts';
import type { NoResponseError } from '../http/failure.ts';
import type { OperationExchange } from '../request/operation-exchange.ts';
import type { OperationRequest } from '../request/operation-request.ts';

/**
 * A recorded request and response for the HTTP archive. It may contain secrets.
 *
 * @example
 * if (event.type === 'test-case-finished') exchanges.push(...event.exchanges);
 */
export interface RecordedExchange {
  readonly operation: string;
  readonly testCase: string;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly method: string;
  /** The absolute URL as it was sent. */
  readonly url: string;
  /** In the order and letter case in which they were sent. */
  readonly requestHeaders: readonly (readonly [name: string, value: string])[];
  /** The body as UTF-8, or as base64 if it is not UTF-8. */
  readonly requestBody?: string;
  readonly requestEncoding?: 'base64';
  /** Undefined if there was no response. `failure` then has the reason. */
  readonly response?: {
    readonly httpVersion: string;
    readonly status: number;
    readonly statusText: string;
    readonly headers: readonly (readonly [name: string, value: string])[];
    /** The body as UTF-8, or as base64 if it is not UTF-8. */
    readonly body: string;
    readonly encoding?: 'base64';
  };
  readonly failure?: string;
}

/** Where a request came from. */
interface RecordSource {
  readonly baseUrl: string;
  readonly testCase: TestCase;
}

/** Returns the record of an exchange for the HTTP archive. */
export function recordExchange(source: RecordSource, exchange: OperationExchange): RecordedExchange {
  const { httpVersion, status, statusText, headers, body, startedAt, durationMs } = exchange;
  const text = body.toString('utf8');
  const isText = Buffer.from(text).equals(body);
  return {
    ...recordRequest(source, exchange.request),
    startedAt: startedAt.toISOString(),
    durationMs,
    response: {
      httpVersion,
      status,
      statusText,
      headers,
      body: isText ? text : body.toString('base64'),
      ...(!isText && { encoding: 'base64' as const }),
    },
  };
}

function recordBytes(body: Buffer): Pick<RecordedExchange, 'requestBody' | 'requestEncoding'> {
  return isUtf8(body)
    ? { requestBody: body.toString('utf8') }
    : { requestBody: body.toString('base64'), requestEncoding: 'base64' };
}

/** Returns the record of a request without a response. */
export function recordFailure(
  source: RecordSource,
  request: OperationRequest,
  { message, timing }: NoResponseError,
): RecordedExchange {
  return {
    ...recordRequest(source, request),
    startedAt: (timing?.startedAt ?? new Date()).toISOString(),
    durationMs: timing?.durationMs ?? 0,
    failure: message,
  };
}

function recordRequest({ baseUrl, testCase }: RecordSource, request: OperationRequest) {
  const { body } = request;
  return {
    operation: request.operation.id,
    testCase: testCase.name,
    method: request.method,
    url: baseUrl + request.target,
    requestHeaders: request.headers,
    ...(typeof body === 'string' && { requestBody: body }),
    ...(Buffer.isBuffer(body) && recordBytes(body)),
  };
}
