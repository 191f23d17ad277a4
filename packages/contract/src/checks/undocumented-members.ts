import type { Check } from '../engine/check.ts';
import { documentedBody } from '../engine/media-type.ts';
import { unknownMembers } from '../engine/unknown-members.ts';

export const undocumentedMembers: Check = {
  name: 'undocumented_members',
  severity: 'note',
  rationale: 'Members that the description does not know break nothing, but may be worth describing.',
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
