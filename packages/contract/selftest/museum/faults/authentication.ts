import { foundBy, type MuseumFaultGroup } from '../fault.ts';
import { create, list, remove, request, retrieve, update } from '../requests.ts';
import { CORRECT, KEY } from '../server/correct.ts';
import type { Request } from '../server/steps.ts';
import type { FaultyMuseum } from '../variants.ts';

/** Returns a server that accepts further requests. */
const authorizes = (
  isAccepted: (request: Request) => boolean,
  triggeredBy: FaultyMuseum['triggeredBy'],
): FaultyMuseum => ({
  variant: { authorize: (received) => CORRECT.authorize(received) || isAccepted(received) },
  ...(triggeredBy && { triggeredBy }),
});

const withoutKey = (target: string, method = 'GET') => ({ ...request(target, { method }), headers: {} });
const withBearer = (key: string) => ({ ...list(), headers: { Authorization: `Bearer ${key}` } });

/** Keys that a server accepts or rejects. */
export const authentication: MuseumFaultGroup = {
  name: 'museum: authentication',
  faults: [
    ...foundBy('ignored_auth', {
      'needs no key for lists': authorizes(
        ({ method, path }) => method === 'GET' && path === '/exhibits',
        withoutKey('/exhibits'),
      ),
      'needs no key for changes': authorizes(({ method }) => method === 'PATCH', {
        ...update({ title: 'x' }),
        headers: { 'Content-Type': 'application/json' },
      }),
      'needs no key for deleting': authorizes(({ method }) => method === 'DELETE', { ...remove(), headers: {} }),
      'needs no key for creating': authorizes(({ method, path }) => method === 'POST' && path === '/exhibits', {
        ...create(),
        headers: { 'Content-Type': 'application/json', 'X-Museum': create().headers['X-Museum'] ?? '' },
      }),
      'accepts any bearer token': authorizes(
        ({ headers }) => /^bearer \S+$/i.test(headers.authorization ?? ''),
        withBearer('wrong'),
      ),
      'accepts any key': authorizes(({ headers }) => Boolean(headers['x-api-key']), {
        ...list(),
        headers: { 'X-Api-Key': 'wrong' },
      }),
      'accepts the beginning of the key': authorizes(
        ({ headers }) => KEY.startsWith(String(headers['x-api-key'] ?? 'none')),
        { ...list(), headers: { 'X-Api-Key': KEY.slice(0, -1) } },
      ),
      'accepts an empty key': authorizes(({ headers }) => headers['x-api-key'] === '', {
        ...list(),
        headers: { 'X-Api-Key': '' },
      }),
    }),
    ...foundBy('accepted_auth', {
      'rejects bearer in lower case': {
        variant: {
          authorize: (received) => CORRECT.authorize(received) && !received.headers.authorization?.startsWith('bearer'),
        },
        triggeredBy: { ...retrieve(), headers: { Authorization: `bearer ${KEY}` } },
      },
      'rejects bearer tokens': {
        variant: {
          authorize: (received) => CORRECT.authorize(received) && received.headers.authorization === undefined,
        },
        triggeredBy: withBearer(KEY),
      },
    }),
  ],
};
