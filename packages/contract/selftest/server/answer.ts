import { customers } from './customers.ts';
import type { Request } from './request.ts';
import type { Answer, Steps } from './steps.ts';

const CHALLENGE = 'Basic realm="FirstOfficer", Token realm="FirstOfficer"';

/** Determines the answer. It checks the key first, then path and method, then the identifier, then the customer. */
export function answer(request: Request, steps: Steps): Answer {
  if (!steps.authorize(request)) return fail(401, { 'WWW-Authenticate': CHALLENGE });
  const segment = steps.segmentOf(request.path);
  if (segment === undefined) return fail(404);
  if (request.method !== 'GET' && request.method !== 'HEAD') return fail(405, { Allow: 'GET, HEAD' });

  const identifier = steps.decode(segment);
  if (identifier === undefined || !steps.isReadable(identifier)) return fail(400);
  const customer = steps.find(identifier, customers);
  return customer ? { status: 200, headers: {}, body: steps.render(customer, identifier) } : fail(404);

  function fail(status: number, headers: Answer['headers'] = {}): Answer {
    return { status, headers, body: steps.explain(status, request) };
  }
}
