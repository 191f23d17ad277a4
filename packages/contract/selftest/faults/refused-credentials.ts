import type { Fault, FaultGroup } from '../fault.ts';
import { authorize, TOKEN } from '../server/authorization.ts';
import { example } from '../server/description.ts';
import { authorizedBy, basic, retrieve, token } from '../test-request.ts';
import { readLeniently } from './accepted-credentials.ts';

/** Returns a server that rejects right credentials. */
function refuses(name: string, when: (value: string) => boolean, triggeredBy: string): Fault {
  return {
    name,
    check: 'accepted_auth',
    variant: { authorize: (request) => authorize(request) && !when(request.authorization[0] ?? '') },
    triggeredBy: authorizedBy(triggeredBy),
  };
}

/** Returns a server that fails on some credentials. */
function fails(name: string, when: (value: string) => boolean, triggeredBy: string): Fault {
  return {
    name,
    check: 'not_a_server_error',
    variant: {
      authorize: (request) => {
        if (when(request.authorization[0] ?? '')) throw new Error(name);
        return authorize(request);
      },
    },
    triggeredBy: authorizedBy(triggeredBy),
  };
}

const encodedKey = basic(`${TOKEN}:`);

export const refusedCredentials: FaultGroup = {
  name: 'refused credentials',
  faults: [
    refuses('no key is accepted', () => true, token(TOKEN)),
    refuses('the key is not accepted in Basic', (value) => /^basic/i.test(value), encodedKey),
    refuses('the key is not accepted in Token', (value) => /^token/i.test(value), token(TOKEN)),
    refuses(
      'the scheme is not accepted in lower case',
      (value) => /^[a-z]/.test(value),
      encodedKey.replace('Basic', 'basic'),
    ),
    refuses(
      'the scheme is not accepted in upper case',
      (value) => /^[A-Z]{5}/.test(value),
      encodedKey.replace('Basic', 'BASIC'),
    ),
    {
      name: 'the key is refused to every fifth request',
      check: 'accepted_auth',
      variant: { authorize: (request) => authorize(request) && request.number % 5 !== 0 },
      triggeredBy: Array.from({ length: 5 }, () => retrieve()),
    },
    {
      name: 'the key is refused by email address',
      check: 'accepted_auth',
      variant: { authorize: (request) => authorize(request) && !/@|%40/.test(request.path) },
      triggeredBy: retrieve(example('email')),
    },
    fails(
      'base64 that cannot be decoded leads to a 500',
      (value) => /^basic .*[^A-Za-z0-9+/=]/i.test(value),
      'Basic !!!',
    ),
    fails(
      'credentials that are no UTF-8 lead to a 500',
      (value) => readLeniently(value).join('').includes('\ufffd'),
      'Basic //8=',
    ),
    fails('Basic without credentials leads to a 500', (value) => value === 'Basic', 'Basic'),
    fails('Token without a parameter leads to a 500', (value) => value === 'Token', 'Token'),
    fails('an unknown scheme leads to a 500', (value) => value !== '' && !/^(basic|token)\b/i.test(value), 'Digest x'),
  ],
};
