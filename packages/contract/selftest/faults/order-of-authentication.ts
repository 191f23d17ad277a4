import { find } from '../../src/customers/stored-customer.ts';
import type { Fault, FaultGroup } from '../fault.ts';
import { answer } from '../server/answer.ts';
import { CORRECT } from '../server/correct.ts';
import { customers } from '../server/customers.ts';
import { PREFIX } from '../server/description.ts';
import { decode, segmentOf } from '../server/identifier.ts';
import type { Request } from '../server/request.ts';
import type { Answer, Variant } from '../server/steps.ts';
import { authorizedBy, token } from '../test-request.ts';

/** Returns the answer that the request would get with a valid key. */
function answerUnchecked(request: Request): Answer {
  return answer(request, { ...CORRECT, authorize: () => true });
}

/** Returns a server that checks something else before the key. */
function checksLate(name: string, before: Variant['answer'], triggeredBy: Fault['triggeredBy']): Fault {
  return {
    name,
    check: 'auth_precedence',
    variant: { ...(before && { answer: before }) },
    ...(triggeredBy && { triggeredBy }),
  };
}

const precedes = (status: number, request: Request, steps: typeof CORRECT): Answer => {
  const unchecked = answerUnchecked(request);
  return unchecked.status === status ? unchecked : answer(request, steps);
};

export const orderOfAuthentication: FaultGroup = {
  name: 'order of authentication',
  faults: [
    {
      name: 'malformed base64 leads to a 400',
      check: 'auth_precedence',
      variant: {
        adjust: (right, { authorization: [value = ''] }) =>
          right.status === 401 && /^basic .*[^A-Za-z0-9+/= ]/i.test(value)
            ? { ...right, status: 400, headers: {} }
            : right,
      },
      triggeredBy: authorizedBy('Basic !!!'),
    },
    checksLate(
      'an unknown customer gets its 404 without a key',
      (request, steps) => precedes(404, request, steps),
      authorizedBy(undefined, 'cus_NoSuch'),
    ),
    checksLate(
      'an identifier that cannot be read gets its 400 without a key',
      (request, steps) => precedes(400, request, steps),
      { ...authorizedBy(undefined), target: `${PREFIX}%ZZ` },
    ),
    checksLate(
      'an empty identifier gets its 400 without a key',
      (request, steps) => (request.path === PREFIX ? precedes(400, request, steps) : answer(request, steps)),
      authorizedBy(undefined, ''),
    ),
    checksLate(
      'too long an identifier gets its 400 without a key',
      (request, steps) => (request.path.length > 1024 ? precedes(400, request, steps) : answer(request, steps)),
      authorizedBy(undefined, 'x'.repeat(1025)),
    ),
    {
      name: 'a 401 has another message for customers that exist',
      check: 'auth_precedence',
      variant: {
        adjust: (right, request) =>
          right.status === 401 && exists(request)
            ? { ...right, body: { error: { type: 'invalid_request_error', message: 'This key may not see them.' } } }
            : right,
      },
      triggeredBy: authorizedBy(undefined),
    },
    {
      name: 'a 401 has another header for customers that exist',
      check: 'auth_precedence',
      variant: {
        adjust: (right, request) =>
          right.status === 401 && exists(request)
            ? { ...right, headers: { ...right.headers, 'X-Account': '17' } }
            : right,
      },
      triggeredBy: authorizedBy(undefined),
    },
    {
      name: 'a wrong key gets a 403 for customers that exist',
      check: 'auth_precedence',
      variant: {
        adjust: (right, request) => (right.status === 401 && exists(request) ? { ...right, status: 403 } : right),
      },
      triggeredBy: authorizedBy(token('wrong')),
    },
  ],
};

function exists({ path }: Request): boolean {
  const identifier = decode(segmentOf(path) ?? '');
  return identifier !== undefined && find(identifier, customers) !== undefined;
}
