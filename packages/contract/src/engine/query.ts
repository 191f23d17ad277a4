import type { Operation } from '@firstofficer/openapi';
import type { ParameterValues } from './parameter-values.ts';
import { queryText } from './serialization.ts';

/** The query that carries the values of an operation's query parameters. */
export function queryOf({ parameters }: Operation, values: ParameterValues): string {
  return parameters
    .flatMap((parameter) => {
      const value = values[parameter.name];
      return parameter.in === 'query' && value !== undefined ? [queryText(parameter, value)] : [];
    })
    .filter((text) => text !== '')
    .join('&');
}
