import type { Fault, FaultGroup } from '../fault.ts';
import { customers } from '../server/customers.ts';
import { example } from '../server/description.ts';
import { refusal, render } from '../server/render.ts';
import type { Answer } from '../server/steps.ts';
import { retrieve, retrieveRaw } from '../test-request.ts';

const success = (body: unknown): Answer => ({ status: 200, headers: {}, body });
const internal: Answer = { status: 500, headers: {}, body: { error: { type: 'api_error', message: 'Sorry.' } } };

/** Returns the answer with a different figure. */
function withMrr(right: Answer, change: (mrr: number) => number): Answer {
  if (right.status !== 200) return right;
  const customer = right.body as { current_mrr: number };
  return { ...right, body: { ...customer, current_mrr: change(customer.current_mrr) } };
}

/** Returns a server that reacts to a query parameter. */
function query(name: string, parameter: string, change: (right: Answer, value: string) => Answer, value = '1'): Fault {
  return {
    name,
    check: 'query_independence',
    variant: {
      adjust: (right, request) => {
        const given = new URLSearchParams(request.query).get(parameter);
        return right.status === 200 && given !== null ? change(right, given) : right;
      },
    },
    triggeredBy: retrieveRaw(`${example('stripe_id')}?${parameter}=${value}`),
  };
}

/** Returns a server that reacts to a header. */
function header(name: string, field: string, value: string, change: (right: Answer) => Answer): Fault {
  return {
    name,
    check: 'query_independence',
    variant: {
      adjust: (right, { headers }) => {
        const given = headers[field.toLowerCase()];
        return right.status === 200 && given?.includes(value) ? change(right) : right;
      },
    },
    triggeredBy: retrieve(undefined, { headers: { [field]: value } }),
  };
}

export const undocumentedInput: FaultGroup = {
  name: 'undocumented input',
  faults: [
    query(
      'customer in the query wins over the path',
      'customer',
      (_right, value) => {
        const other = customers.find(({ stripe_id }) => stripe_id === value);
        return other ? success(render(other)) : refusal(404);
      },
      example('lost_customer'),
    ),
    query('id in the query wins over the path', 'id', () => refusal(404)),
    query('currency in the query converts amounts', 'currency', (right) => withMrr(right, (mrr) => mrr * 2), 'eur'),
    query('fields in the query leave members out', 'fields', () => success({ object: 'customer' }), 'object'),
    query('expand in the query wraps the customer', 'expand', ({ body }) => success({ data: body })),
    query('limit in the query makes a list of it', 'limit', ({ body }) => success([body])),
    query('debug in the query shows the inside', 'debug', () => internal),
    query('format in the query leads to a 406', 'format', () => refusal(406), 'xml'),
    query('an unknown parameter leads to a 400', 'unknown', () => refusal(400)),
    query('a date in the query asks for another snapshot', 'date', (right) => withMrr(right, (mrr) => mrr - 100)),
    {
      name: 'a question mark alone leads to a 404',
      check: 'query_independence',
      variant: {
        adjust: (right, { target }) => (right.status === 200 && target.includes('?') ? refusal(404) : right),
      },
      triggeredBy: retrieveRaw(`${example('stripe_id')}?`),
    },
    header('another host leads to a redirect', 'X-Forwarded-Proto', 'http', () => refusal(301)),
    header('pages of other origins are refused', 'Origin', 'http', () => refusal(403)),
    header('a cookie picks another account', 'Cookie', 'account=2', () => refusal(404)),
    header('a language leads to a 406', 'Accept-Language', 'xx', () => refusal(406)),
    header('a content type leads to a 415', 'Content-Type', 'text/plain', () => refusal(415)),
    header('an API version leads to other members', 'X-API-Version', '1', () => success({ kind: 'customer' })),
  ],
};
