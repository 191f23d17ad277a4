import { findDocumentedJson } from '../request/operation-exchange.ts';
import { truncate } from '../schema/json.ts';
import type { Check } from './check.ts';

export const jsonSyntax: Check = {
  name: 'json_syntax',
  severity: 'error',
  basis: 'rfc',
  rationale: 'A JSON body is exactly one complete JSON text (RFC 8259).',
  checkResponse(exchange) {
    const { text, json } = exchange;
    const media = findDocumentedJson(exchange);
    if (!media || json !== undefined) return [];
    const actual = text === '' ? 'an empty body' : truncate(text);
    return [{ expected: 'a body that is one JSON text', actual, specRef: [media] }];
  },
};
