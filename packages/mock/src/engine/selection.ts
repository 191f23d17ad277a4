import type { Answer } from './answer.ts';
import { findDocumented } from './documented-response.ts';
import { pickStatus } from './rejections.ts';
import type { ResponseSelection } from './respond.ts';
import type { Match, Target } from './routes.ts';

/**
 * Selects the response to a request: by the name of an example, as random data, or by the parameters of the request.
 *
 * @param createSeed - Returns the seed of random data, if the answer has none.
 */
export function selectResponse(
  match: Match,
  { code, example, dynamic, seed }: Answer,
  { query, pathParameters, createSeed }: Pick<Target, 'query' | 'pathParameters'> & { createSeed(): string },
): ResponseSelection {
  if (example === undefined && !dynamic)
    return selectByParameters(match, code, { ...pickSingleValues(query), ...pathParameters });
  return {
    ...(code !== undefined && { status: String(code) }),
    ...(example !== undefined && { example }),
    ...(dynamic && { seed: String(seed ?? createSeed()) }),
  };
}

/** Returns what the parameters select. If a status is given, only an example of the response with this status counts. */
function selectByParameters(
  { operation, table }: Match,
  code: number | undefined,
  parameters: Readonly<Record<string, string>>,
): ResponseSelection {
  const found = table.find(parameters);
  if (code === undefined) return found ?? (table.isExhaustive ? { status: pickStatus(operation, 'notFound') } : {});
  const status = String(code);
  const hasStatus = found && findDocumented(operation, found.status)?.key === findDocumented(operation, status)?.key;
  return hasStatus ? { ...found, status } : { status };
}

function pickSingleValues(query: Target['query']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}
