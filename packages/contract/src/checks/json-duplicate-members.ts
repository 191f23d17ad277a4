import { findDocumentedJson } from '../request/operation-exchange.ts';
import { readJsonText } from '../schema/json.ts';
import type { Check } from './check.ts';

export const jsonDuplicateMembers: Check = {
  name: 'json_duplicate_members',
  severity: 'error',
  basis: 'rfc',
  rationale: 'No object has the same member twice: parsers differ in which one they return (RFC 8259, 4).',
  checkResponse(exchange) {
    const media = findDocumentedJson(exchange);
    if (!media || exchange.json === undefined) return [];
    return readJsonText(exchange.text).duplicates.map((path) => ({
      expected: `${path} once`,
      actual: `${path} more than once`,
      specRef: [media.schema ?? media],
    }));
  },
};
