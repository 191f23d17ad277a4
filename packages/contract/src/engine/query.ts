import type { Operation } from '@firstofficer/openapi';
import type { ParameterValues } from './parameter-values.ts';

/** The query that carries the values of an operation's query parameters, lists as OpenAPI's default `form` does. */
export function queryOf({ parameters }: Operation, values: ParameterValues): string {
  const query = new URLSearchParams();
  for (const { name, in: place } of parameters) {
    const value = values[name];
    if (place !== 'query' || value === undefined) continue;
    for (const item of [value].flat()) query.append(name, String(item));
  }
  return query.toString();
}
