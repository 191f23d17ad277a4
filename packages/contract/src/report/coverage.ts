import type { CoverageItem, OperationCoverage } from '../run/report.ts';
import { formatCount } from './figures.ts';

/** One kind of documented items, such as statuses. */
export interface CoverageKind {
  readonly one: string;
  readonly many: string;
  /** A short name. */
  readonly short: string;
  readonly items: readonly CoverageItem[];
}

/** Returns the kinds of which the operation documents at least one item. */
export function listCoverageKinds({ statuses, headers, examples, securitySchemes }: OperationCoverage): CoverageKind[] {
  return [
    { one: 'status', many: 'statuses', short: 'statuses', items: statuses },
    { one: 'header', many: 'headers', short: 'headers', items: headers },
    { one: 'example', many: 'examples', short: 'examples', items: examples },
    { one: 'security scheme', many: 'security schemes', short: 'security', items: securitySchemes },
  ].filter(({ items }) => items.length > 0);
}

/** Formats how many items occurred, such as `statuses 4/4, headers 1/1, examples 8/9, security 2/2`. */
export function formatCoverageSummary(operation: OperationCoverage): string {
  const kinds = listCoverageKinds(operation).map(({ short, items }) => {
    const occurred = items.filter(({ times }) => times > 0).length;
    return `${short} ${occurred}/${items.length}`;
  });
  return kinds.length > 0 ? kinds.join(', ') : formatCount(operation.requests, 'request');
}

/** Returns the documented items that never occurred, such as `example 200 lost_customer`. */
export function listNeverOccurred(operation: OperationCoverage): string[] {
  return listCoverageKinds(operation).flatMap(({ one, items }) =>
    items.filter(({ times }) => times === 0).map(({ name }) => `${one} ${name}`),
  );
}

/** Formats the coverage of an operation as plain text. */
export function formatCoverage(operation: OperationCoverage): string {
  const never = listNeverOccurred(operation);
  return [
    `${operation.operation} (${operation.method} ${operation.path}): ${formatCount(operation.requests, 'request')}`,
    ...listCoverageKinds(operation).map(
      ({ many, items }) => `${many}: ${items.map(({ name, times }) => `${name} (${times})`).join(', ')}`,
    ),
    `never occurred: ${never.length > 0 ? never.join(', ') : 'nothing'}`,
  ].join('\n');
}
