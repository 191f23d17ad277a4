import type { Example, MediaType, Operation } from '@firstofficer/openapi';
import { isTriggerable } from '../checks/statuses.ts';
import { getHeader } from '../http/exchange.ts';
import { findDocumentedBody, isDescribed, type OperationExchange } from '../request/operation-exchange.ts';
import { findDifferences } from '../schema/json.ts';
import type { CoverageItem, OperationCoverage, TestCaseOutcome } from './report.ts';

/** Returns the documented items that occurred in an exchange, such as `status 401`. */
export function listCovered(exchange: OperationExchange): string[] {
  const { documented, request, status, json, text } = exchange;
  const accepted = status === 401 || !isDescribed(exchange) ? [] : (request.credentials?.schemes ?? []);
  const schemes = accepted.map((scheme) => `security ${scheme}`);
  if (!documented) return schemes;
  const { headers = {} } = documented.response;
  const sent = Object.keys(headers).filter((name) => getHeader(exchange, name) !== undefined);
  const shown = listExamples(findDocumentedBody(exchange) ?? {}).filter(
    ([, { value }]) => findDifferences(value, json ?? text).length === 0,
  );
  return [
    ...schemes,
    `status ${documented.status}`,
    ...sent.map((name) => `header ${documented.status} ${name}`),
    ...shown.map(([name]) => `example ${documented.status} ${name}`),
  ];
}

/** Returns how often each documented item of an operation occurred. */
export function buildCoverage(operation: Operation, outcomes: readonly TestCaseOutcome[]): OperationCoverage {
  const own = outcomes.flatMap(({ tallies }) => tallies[operation.id] ?? []);
  const times = (kind: string, name: string): CoverageItem => ({
    name,
    times: own.reduce((sum, { covered }) => sum + (covered[`${kind} ${name}`] ?? 0), 0),
  });
  // Statuses that no request can trigger do not count as coverage gaps.
  const responses = Object.entries(operation.responses).filter(
    ([status]) => isTriggerable(operation, status) || times('status', status).times > 0,
  );
  const schemes = new Set(operation.security.flatMap(Object.keys));
  return {
    operation: operation.id,
    method: operation.method,
    path: operation.path,
    requests: own.reduce((sum, { requests }) => sum + requests, 0),
    statuses: responses.map(([status]) => times('status', status)),
    // A header that the description calls optional is no gap.
    headers: responses.flatMap(([status, { headers = {} }]) =>
      Object.entries(headers).flatMap(([name, { required }]) => {
        const item = times('header', `${status} ${name}`);
        return required === false && item.times === 0 ? [] : [item];
      }),
    ),
    examples: responses.flatMap(([status, { content = {} }]) =>
      // Examples with the same name in several content types count as one.
      [...new Set(Object.values(content).flatMap((media) => listExamples(media).map(([name]) => name)))].map((name) =>
        times('example', `${status} ${name}`),
      ),
    ),
    securitySchemes: [...schemes].map((name) => times('security', name)),
  };
}

/** Returns the examples of a body by name. The unnamed one is called `example`. */
function listExamples({ example, examples = {} }: MediaType): [name: string, example: Example][] {
  const named = Object.entries(examples).filter(([, { value }]) => value !== undefined);
  return example === undefined ? named : [...named, ['example', { value: example }]];
}
