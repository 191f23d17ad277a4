import { documentedBody, isDocumentedJson } from '../request/operation-exchange.ts';
import { schemaFault, violations } from '../schema/validation.ts';
import type { Check } from './check.ts';

export const responseSchemaConformance: Check = {
  name: 'response_schema_conformance',
  severity: 'error',
  rationale: 'Bodies conform to their schema: required members, types, formats, ranges, patterns and constants.',
  checkResponse(exchange, { description }) {
    if (!isDocumentedJson(exchange) || exchange.json === undefined) return [];
    const schema = documentedBody(exchange)?.schema ?? {};
    const fault = schemaFault(schema, description.document);
    if (fault !== undefined) {
      const expected = 'a schema that JSON Schema 2020-12 knows the meaning of';
      return [{ expected, actual: fault, specRef: [schema], severity: 'note' }];
    }
    return violations(schema, exchange.json, 'body', description.document);
  },
};
