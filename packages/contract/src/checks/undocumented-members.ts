import { findDocumentedBody } from '../request/operation-exchange.ts';
import { splitByDescription } from '../schema/subschemas.ts';
import type { Check } from './check.ts';

export const undocumentedMembers: Check = {
  name: 'undocumented_members',
  severity: 'note',
  basis: 'profile',
  rationale: 'Undocumented members do not violate the schema, but may be worth documenting.',
  checkResponse(exchange) {
    const schema = findDocumentedBody(exchange)?.schema;
    if (!schema) return [];
    return splitByDescription(schema, exchange.json).undescribed.map((path) => ({
      expected: 'only documented members',
      actual: `${exchange.status}: ${path}`,
      specRef: [schema],
    }));
  },
};
