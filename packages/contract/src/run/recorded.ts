import type { Operation } from '@firstofficer/openapi';
import type { TestCase } from '../checks/check.ts';
import type { OperationExchange } from '../request/operation-exchange.ts';
import type { OperationRequest } from '../request/operation-request.ts';
import type { RecordedExchange } from './run-report.ts';

/** Where a request came from. */
interface RecordSource {
  readonly baseUrl: string;
  readonly operation: Operation;
  readonly testCase: TestCase;
}

/** Returns the record of an exchange for the HTTP archive. */
export function recorded(source: RecordSource, exchange: OperationExchange): RecordedExchange {
  const { httpVersion, status, statusText, headers, body, startedAt, durationMs } = exchange;
  const text = body.toString('utf8');
  const isText = Buffer.from(text).equals(body);
  return {
    ...sent(source, exchange.request),
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

/** Returns the record of a request without a response. */
export function recordedFailure(
  source: RecordSource,
  { request, startedAt, reason }: { request: OperationRequest; startedAt: Date; reason: string },
): RecordedExchange {
  return {
    ...sent(source, request),
    startedAt: startedAt.toISOString(),
    durationMs: Date.now() - startedAt.getTime(),
    failure: reason,
  };
}

function sent({ baseUrl, operation, testCase }: RecordSource, request: OperationRequest) {
  return {
    operation: operation.id,
    testCase: testCase.name,
    method: request.method,
    url: baseUrl + request.target,
    requestHeaders: request.headers,
    ...(request.body !== undefined && { requestBody: request.body }),
  };
}
