import type { JsonSchema } from '@firstofficer/openapi';
import { findDocumentedJson } from '../request/operation-exchange.ts';
import { readJsonText } from '../schema/json.ts';
import { findSchemasAt } from '../schema/walk.ts';
import type { Check } from './check.ts';

export const numberPrecision: Check = {
  name: 'number_precision',
  severity: 'error',
  // JSON Schema allows 699.0 as an integer, and JSON (RFC 8259, 6) allows numbers of any size.
  basis: 'profile',
  rationale:
    'Integers have no fraction or exponent and are within 2^53: int64 parsers reject 699.0 and 6.99e2, and doubles round larger ones.',
  checkResponse(exchange) {
    const schema = findDocumentedJson(exchange)?.schema;
    if (!schema || exchange.json === undefined) return [];
    return readJsonText(exchange.text).numbers.flatMap(({ path, source }) => {
      const schemas = findSchemasAt(schema, path);
      const integer = schemas.find((one) => hasType(one, 'integer'));
      if (!integer || schemas.some((one) => hasType(one, 'number')) || isExact(source)) return [];
      const name = ['body', ...path].join('/');
      return [{ expected: `${name} as an exact integer`, actual: source, specRef: [integer, 'type'] }];
    });
  },
};

function hasType({ type }: JsonSchema, name: string): boolean {
  return [type].flat().includes(name);
}

/** Returns whether a number is an integer literal that a double represents exactly. Other numbers violate the schema. */
function isExact(source: string): boolean {
  const read = Number(source);
  if (!Number.isInteger(read)) return true;
  return isLiteral(source) && BigInt(source) === BigInt(read);
}

/** Returns whether a number is written without a fraction and an exponent. */
function isLiteral(source: string): boolean {
  return /^-?(0|[1-9]\d*)$/.test(source);
}
