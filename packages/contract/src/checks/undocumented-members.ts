import { documentedBody } from '../request/operation-exchange.ts';
import { unknownMembers } from '../schema/unknown-members.ts';
import type { Check } from './check.ts';

export const undocumentedMembers: Check = {
  name: 'undocumented_members',
  severity: 'note',
  rationale: 'Undocumented members do not violate the schema, but may be worth documenting.',
  checkResponse(exchange) {
    const schema = documentedBody(exchange)?.schema;
    if (!schema) return [];
    return unknownMembers(schema, exchange.json).map((path) => ({
      expected: 'members that the description knows',
      actual: `${exchange.status}: ${path}`,
      specRef: [schema],
    }));
  },
};
