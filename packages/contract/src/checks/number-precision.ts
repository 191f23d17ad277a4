import type { JsonSchema } from '@firstofficer/openapi';
import { documentedBody, isDocumentedJson } from '../request/operation-exchange.ts';
import { readJsonText } from '../schema/json-text.ts';
import { schemasAt } from '../schema/schemas-at.ts';
import type { Check } from './check.ts';

export const numberPrecision: Check = {
  name: 'number_precision',
  severity: 'error',
  rationale:
    'Integers are written as integers and arrive exactly: readers of int64 refuse 699.0 and 6.99e2, and a double rounds beyond 2^53.',
  checkResponse(exchange) {
    const schema = documentedBody(exchange)?.schema;
    if (!schema || !isDocumentedJson(exchange) || exchange.json === undefined) return [];
    return readJsonText(exchange.text).numbers.flatMap(({ path, source }) => {
      const schemas = schemasAt(schema, path);
      const integer = schemas.find((one) => has(one, 'integer'));
      if (!integer || schemas.some((one) => has(one, 'number')) || isExact(source)) return [];
      const name = ['body', ...path].join('/');
      return [{ expected: `${name} as an exact integer`, actual: source, specRef: [integer, 'type'] as const }];
    });
  },
};

function has({ type }: JsonSchema, name: string): boolean {
  return [type].flat().includes(name);
}

/** Whether a number is written as an integer that a double holds. What is no integer at all breaks the schema instead. */
function isExact(source: string): boolean {
  const read = Number(source);
  if (!Number.isInteger(read)) return true;
  return /^-?(0|[1-9]\d*)$/.test(source) && BigInt(source) === BigInt(read);
}
