import type { Operation } from '@firstofficer/openapi';
import type { TestCase } from '../checks/check.ts';
import type { OperationExchange } from '../request/operation-exchange.ts';
import type { OperationRequest } from '../request/operation-request.ts';
import type { RecordedExchange } from './run-report.ts';

/** Returns the record of an exchange for the HTTP archive. */
export function recorded(
  baseUrl: string,
  operation: Operation,
  testCase: TestCase,
  exchange: OperationExchange,
): RecordedExchange {
  const { httpVersion, status, statusText, headers, body, startedAt, durationMs } = exchange;
  const text = body.toString('utf8');
  const isText = Buffer.from(text).equals(body);
  return {
    ...sent(baseUrl, operation, testCase, exchange.request),
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
  baseUrl: string,
  operation: Operation,
  testCase: TestCase,
  request: OperationRequest,
  startedAt: Date,
  { message }: Error,
): RecordedExchange {
  return {
    ...sent(baseUrl, operation, testCase, request),
    startedAt: startedAt.toISOString(),
    durationMs: Date.now() - startedAt.getTime(),
    failure: message,
  };
}

function sent(baseUrl: string, operation: Operation, testCase: TestCase, request: OperationRequest) {
  return {
    operation: operation.id,
    probe: testCase.name,
    method: request.method,
    url: baseUrl + request.target,
    requestHeaders: request.headers,
    ...(request.body !== undefined && { requestBody: request.body }),
  };
}
