import type { Check } from '../engine/check.ts';
import { documentedBody, isDocumentedJson } from '../engine/media-type.ts';
import { violations } from '../engine/validation.ts';

export const responseSchemaConformance: Check = {
  name: 'response_schema_conformance',
  severity: 'error',
  rationale: 'Bodies fit their schema: required members, types, formats, ranges, patterns and constants.',
  judge(exchange, { description }) {
    if (!isDocumentedJson(exchange) || exchange.json === undefined) return [];
    return violations(documentedBody(exchange)?.schema ?? {}, exchange.json, 'body', description.document);
  },
};
