import type { Check } from './check.ts';
import { createSameResponseCase } from './compare.ts';
import { listTypicalRequests } from './statuses.ts';

export const absoluteForm: Check = {
  name: 'absolute_form',
  severity: 'error',
  basis: 'profile',
  needs: 'a GET operation, and the profile firstofficer',
  rationale:
    'A request target with scheme and host gets the same response as its path: HTTP requires servers to accept both (RFC 9112, 3.2.2).',
  testCases(operation, { options }) {
    // Clients that send this form are rare, so other APIs need not support it.
    if (operation.method !== 'GET' || options.profile !== 'firstofficer') return [];
    return listTypicalRequests(operation).map(({ name, parts }) =>
      createSameResponseCase(name, {
        reference: parts,
        other: { ...parts, isAbsolute: true },
        wanted: 'the same response as without scheme and host in the request target',
        specRef: [operation.definition],
      }),
    );
  },
};
