import type { JsonSchema } from '@firstofficer/openapi';
import { findDocumentedBody, findDocumentedJson } from '../request/operation-exchange.ts';
import { listStreamItems } from '../request/stream-items.ts';
import type { Check, Violation } from './check.ts';

export const responseSchemaConformance: Check = {
  name: 'response_schema_conformance',
  severity: 'error',
  basis: 'description',
  rationale: 'Bodies conform to their schema: required members, types, formats, ranges, patterns and constants.',
  checkResponse(exchange, { validator }) {
    const check = (schema: JsonSchema, value: unknown, name: string): readonly Violation[] => {
      const reason = validator.explainUnusable(schema);
      if (reason === undefined) return validator.validateResponse(schema, value, name);
      const expected = 'a valid schema of JSON Schema 2020-12';
      return [{ expected, actual: reason, specRef: [schema], severity: 'note' }];
    };
    const { itemSchema } = findDocumentedBody(exchange) ?? {};
    const items = itemSchema ? listStreamItems(exchange) : [];
    // All items have the same name, so that the same violation of many items becomes one finding.
    const ofItems = items.flatMap((item) => check(itemSchema ?? {}, item, 'item'));
    const { schema } = findDocumentedJson(exchange) ?? {};
    return schema && exchange.json !== undefined ? [...ofItems, ...check(schema, exchange.json, 'body')] : ofItems;
  },
};
