import { findDocumentedJson } from '../request/operation-exchange.ts';
import type { Check } from './check.ts';

export const responseSchemaConformance: Check = {
  name: 'response_schema_conformance',
  severity: 'error',
  basis: 'description',
  rationale: 'Bodies conform to their schema: required members, types, formats, ranges, patterns and constants.',
  checkResponse(exchange, { validator }) {
    const media = findDocumentedJson(exchange);
    if (!media || exchange.json === undefined) return [];
    const { schema = {} } = media;
    const reason = validator.explainUnusable(schema);
    if (reason !== undefined) {
      const expected = 'a valid schema of JSON Schema 2020-12';
      return [{ expected, actual: reason, specRef: [schema], severity: 'note' }];
    }
    return validator.validateResponse(schema, exchange.json, 'body');
  },
};
