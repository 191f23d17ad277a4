import { type FaultGroup, type FaultyServer, foundBy, retrieve, retrieveRaw, STRIPE_ID } from '../fault.ts';
import { CORRECT } from '../server/correct.ts';
import { customers, example } from '../server/description.ts';
import type { Answer } from '../server/steps.ts';
import { changeAnswers, changeCustomers, errorAnswer, isSuccess, success } from '../variants.ts';

/** Returns a request with a query parameter. */
const withParameter = (name: string, value = '1') => retrieveRaw(`${STRIPE_ID}?${name}=${value}`);

const readParameter = (query: string, name: string) => new URLSearchParams(query).get(name);

/** Returns a server that answers differently if the query has this parameter. */
function query(name: string, change: Answer | ((answer: Answer, value: string) => Answer), value = '1'): FaultyServer {
  const variant = changeAnswers(
    (answer, request) => isSuccess(answer) && readParameter(request.query, name) !== null,
    (answer, request) =>
      typeof change === 'function' ? change(answer, readParameter(request.query, name) ?? '') : change,
  );
  return { variant, triggeredBy: withParameter(name, value) };
}

/** Returns a server that changes the MRR if the query has this parameter. */
function mrrByQuery(name: string, change: (mrr: number) => number, value = '1'): FaultyServer {
  const variant = changeCustomers((customer, _, request) =>
    readParameter(request.query, name) === null ? customer : { ...customer, current_mrr: change(customer.current_mrr) },
  );
  return { variant, triggeredBy: withParameter(name, value) };
}

/** Returns a server that answers differently if this header contains the value. */
function header(name: string, value: string, answer: Answer): FaultyServer {
  const variant = changeAnswers(
    (right, { headers }) => isSuccess(right) && Boolean(headers[name.toLowerCase()]?.includes(value)),
    answer,
  );
  return { variant, triggeredBy: retrieve(undefined, { headers: { [name]: value } }) };
}

export const undocumentedInput: FaultGroup = {
  name: 'undocumented input',
  faults: [
    ...foundBy('query_independence', {
      'prefers the query parameter customer to the path': query(
        'customer',
        (_, value) => {
          const other = customers.find(({ stripe_id }) => stripe_id === value);
          return other ? success(CORRECT.render(other)) : errorAnswer(404);
        },
        example('lost_customer'),
      ),
      'prefers the query parameter id to the path': query('id', errorAnswer(404)),
      'converts amounts to the currency in the query': mrrByQuery('currency', (mrr) => mrr * 2, 'eur'),
      'omits members that are not in the query parameter fields': query(
        'fields',
        success({ object: 'customer' }),
        'object',
      ),
      'wraps the customer if the query has expand': query('expand', ({ body }) => success({ data: body })),
      'returns a list if the query has limit': query('limit', ({ body }) => success([body])),
      'answers 500 if the query has debug': query('debug', errorAnswer(500)),
      'answers 406 if the query has format': query('format', errorAnswer(406), 'xml'),
      'answers 400 to an unknown query parameter': query('unknown', errorAnswer(400)),
      'returns figures of the date in the query': mrrByQuery('date', (mrr) => mrr - 100),
      'answers 404 to an empty query': {
        variant: changeAnswers((answer, { target }) => isSuccess(answer) && target.includes('?'), errorAnswer(404)),
        triggeredBy: retrieveRaw(`${STRIPE_ID}?`),
      },
    }),
    ...foundBy('header_independence', {
      'redirects if X-Forwarded-Proto is http': header('X-Forwarded-Proto', 'http', errorAnswer(301)),
      'answers 403 to a request with Origin': header('Origin', 'http', errorAnswer(403)),
      'takes the account from a cookie': header('Cookie', 'account=2', errorAnswer(404)),
      'answers 415 to a request with Content-Type': header('Content-Type', 'text/plain', errorAnswer(415)),
      'returns other members if there is X-API-Version': header('X-API-Version', '1', success({ kind: 'customer' })),
    }),
    ...foundBy('accept_independence', {
      'answers 406 to an unknown Accept-Language': header('Accept-Language', 'xx', errorAnswer(406)),
    }),
  ],
};
