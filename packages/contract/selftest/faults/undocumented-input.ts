import { createRawRequest, createRequest, type FaultGroup, type FaultyServer, foundBy, STRIPE_ID } from '../fault.ts';
import { CORRECT } from '../server/correct.ts';
import { customers, getIdentifier, PREFIX } from '../server/description.ts';
import type { Answer } from '../server/steps.ts';
import { changeAnswers, changeCustomers, createErrorAnswer, createSuccess, isSuccess } from '../variants.ts';

const getParameter = (query: string, name: string) => new URLSearchParams(query).get(name);

/** Returns a server that answers differently if the query has this parameter. */
function answersQuery(
  name: string,
  change: Answer | ((answer: Answer, value: string) => Answer),
  value = '1',
): FaultyServer {
  const variant = changeAnswers(
    (answer, request) => isSuccess(answer) && getParameter(request.query, name) !== null,
    (answer, request) =>
      typeof change === 'function' ? change(answer, getParameter(request.query, name) ?? '') : change,
  );
  return { variant, triggeredBy: createRawRequest(`${STRIPE_ID}?${name}=${value}`) };
}

/** Returns a server that changes the MRR if the query has this parameter. */
function changesMrr(name: string, change: (mrr: number) => number, value = '1'): FaultyServer {
  const variant = changeCustomers((customer, _, request) =>
    getParameter(request.query, name) === null ? customer : { ...customer, current_mrr: change(customer.current_mrr) },
  );
  return { variant, triggeredBy: createRawRequest(`${STRIPE_ID}?${name}=${value}`) };
}

/** Returns a server that sends this answer if the header contains the value. */
function answersHeader(name: string, value: string, answer: Answer): FaultyServer {
  const variant = changeAnswers(
    (right, { headers }) => isSuccess(right) && Boolean(headers[name.toLowerCase()]?.includes(value)),
    answer,
  );
  return { variant, triggeredBy: createRequest(undefined, { headers: { [name]: value } }) };
}

/** Returns a server that sends this error if the request target has a scheme and a host. */
const answersAbsoluteForm = (status: number): FaultyServer => ({
  variant: changeAnswers((_, { target }) => /^https?:/i.test(target), createErrorAnswer(status)),
  triggeredBy: createRequest(undefined, { target: `http://example.com${PREFIX}${STRIPE_ID}` }),
});

export const undocumentedInput: FaultGroup = {
  name: 'undocumented input',
  faults: [
    ...foundBy('query_independence', {
      'prefers the query parameter customer to the path': answersQuery(
        'customer',
        (_, value) => {
          const other = customers.find(({ stripe_id }) => stripe_id === value);
          return other ? createSuccess(CORRECT.renderCustomer(other)) : createErrorAnswer(404);
        },
        getIdentifier('lost_customer'),
      ),
      'prefers the query parameter id to the path': answersQuery('id', createErrorAnswer(404)),
      'converts amounts to the currency in the query': changesMrr('currency', (mrr) => mrr * 2, 'eur'),
      'omits members that are not in the query parameter fields': answersQuery(
        'fields',
        createSuccess({ object: 'customer' }),
        'object',
      ),
      'wraps the customer if the query has expand': answersQuery('expand', ({ body }) => createSuccess({ data: body })),
      'returns a list if the query has limit': answersQuery('limit', ({ body }) => createSuccess([body])),
      'answers 500 if the query has debug': answersQuery('debug', createErrorAnswer(500)),
      'answers 406 if the query has format': answersQuery('format', createErrorAnswer(406), 'xml'),
      'answers 400 to an unknown query parameter': answersQuery('unknown', createErrorAnswer(400)),
      'returns the figures of the date in the query': changesMrr('date', (mrr) => mrr - 100),
      'answers 404 to an empty query': {
        variant: changeAnswers(
          (answer, { target }) => isSuccess(answer) && target.includes('?'),
          createErrorAnswer(404),
        ),
        triggeredBy: createRawRequest(`${STRIPE_ID}?`),
      },
    }),
    ...foundBy('header_independence', {
      'redirects if X-Forwarded-Proto is http': answersHeader('X-Forwarded-Proto', 'http', createErrorAnswer(301)),
      'answers 403 to a request with Origin': answersHeader('Origin', 'http', createErrorAnswer(403)),
      'reads the account from a cookie': answersHeader('Cookie', 'account=2', createErrorAnswer(404)),
      'answers 415 to a request with Content-Type': answersHeader('Content-Type', 'text/plain', createErrorAnswer(415)),
      'returns other members if there is X-API-Version': answersHeader(
        'X-API-Version',
        '1',
        createSuccess({ kind: 'customer' }),
      ),
    }),
    ...foundBy('absolute_form', {
      'answers 404 to a target in absolute form': answersAbsoluteForm(404),
      'answers 500 to a target in absolute form': answersAbsoluteForm(500),
    }),
    ...foundBy('accept_independence', {
      'answers 406 to an unknown Accept-Language': answersHeader('Accept-Language', 'xx', createErrorAnswer(406)),
    }),
  ],
};
