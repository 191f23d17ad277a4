import { setTimeout as delay } from 'node:timers/promises';
import {
  createRequest,
  createRequestWithAuth,
  EMAIL,
  type FaultGroup,
  type FaultyServer,
  foundBy,
  MALFORMED,
  repeat,
  STRIPE_ID,
  UNKNOWN,
  WITH_WRONG_KEY,
  WITHOUT_KEY,
} from '../fault.ts';
import { CORRECT } from '../server/correct.ts';
import { customers, getIdentifier, PREFIX } from '../server/description.ts';
import type { Answer, Request } from '../server/steps.ts';
import {
  changeAnswers,
  changeCustomers,
  createErrorAnswer,
  createSuccess,
  EMAIL_PATH,
  hasMalformedBase64,
  hasStatus,
  isSuccess,
} from '../variants.ts';

type IsAffected = (answer: Answer, request: Request) => boolean;
type Triggers = NonNullable<FaultyServer['triggeredBy']>;

/** Returns a server that never answers some requests. */
function hangs(isAffected: IsAffected, triggeredBy: Triggers): FaultyServer {
  return {
    variant: {
      changeAnswer: (answer, request) => (isAffected(answer, request) ? new Promise<never>(() => {}) : answer),
    },
    triggeredBy,
    hangs: true,
  };
}

/** Returns a server that closes the connection instead of answering some requests. */
function closes(isAffected: IsAffected, triggeredBy: Triggers): FaultyServer {
  return actsBeforeAnswer(isAffected, ({ socket }) => void socket.destroy(), triggeredBy);
}

/** Returns a server that stops when it receives some requests. */
function crashes(isAffected: IsAffected, triggeredBy: Triggers): FaultyServer {
  return actsBeforeAnswer(isAffected, (request) => request.crash(), [triggeredBy, createRequest()].flat());
}

function actsBeforeAnswer(
  isAffected: IsAffected,
  act: (request: Request) => void,
  triggeredBy: Triggers,
): FaultyServer {
  const changeAnswer = (answer: Answer, request: Request) => {
    if (isAffected(answer, request)) act(request);
    return answer;
  };
  return { variant: { changeAnswer }, triggeredBy };
}

/** Returns a server that answers every nth successful request differently. */
function answersEveryNth(times: number, answer: Answer | ((request: Request) => Answer)): FaultyServer {
  const variant = changeAnswers(
    (right, { number }) => isSuccess(right) && number % times === 0,
    (_, request) => (typeof answer === 'function' ? answer(request) : answer),
  );
  return { variant, triggeredBy: repeat(times) };
}

/** Returns a server that adds to the MRR. The amount depends on the number of the request. */
function addsToMrr(getAmount: (number: number) => number): FaultyServer {
  const variant = changeCustomers((customer, _, { number }) => ({
    ...customer,
    current_mrr: customer.current_mrr + getAmount(number),
  }));
  return { variant, triggeredBy: repeat(2) };
}

/** Renders a customer that depends on the number of the request. */
function renderAnotherCustomer({ number }: Request): unknown {
  const customer = customers[number % customers.length];
  return customer && CORRECT.renderCustomer(customer);
}

const matchesPath =
  (pattern: RegExp) =>
  (_: Answer, { path }: Request) =>
    pattern.test(path);

export const stability: FaultGroup = {
  name: 'stability',
  faults: [
    ...foundBy('not_a_server_error', {
      'answers 500 to every 20th request': {
        variant: changeAnswers((_, { number }) => number % 20 === 0, createErrorAnswer(500)),
        triggeredBy: repeat(20),
      },
    }),
    ...foundBy('repeatability', {
      'answers 404 to every 20th request': answersEveryNth(20, createErrorAnswer(404)),
      'returns another customer to every seventh request': answersEveryNth(7, (request) =>
        createSuccess(renderAnotherCustomer(request)),
      ),
      'increases the MRR with each request': addsToMrr((number) => number),
      'repeats the first answer to every request on a connection': {
        variant: {
          changeAnswer: (answer, { socket, state: { answers } }) => {
            const first = answers.get(socket) ?? answer;
            answers.set(socket, first);
            return first;
          },
        },
        triggeredBy: [createRequest(), UNKNOWN],
      },
    }),
    ...foundBy(['repeatability', 'example_conformance', 'lost_customer_mrr', 'query_independence', 'known_customer'], {
      'alternates between two values of the MRR': addsToMrr((number) => (number % 2 === 0 ? 100 : 0)),
    }),
    ...foundBy('response_schema_conformance', {
      'omits members from every second answer': answersEveryNth(2, createSuccess({ object: 'customer' })),
    }),
    ...foundBy(['repeatability', 'same_customer', 'example_conformance', 'accepted_auth', 'known_customer'], {
      'repeats a 404 to the next request': {
        variant: {
          changeAnswer: (answer, { state: { answers } }) => {
            const previous = answers.get('404');
            if (answer.status === 404) answers.set('404', answer);
            else answers.delete('404');
            return isSuccess(answer) ? (previous ?? answer) : answer;
          },
        },
        triggeredBy: [UNKNOWN, createRequest()],
      },
    }),
    ...foundBy(['exact_match', 'known_customer', 'unsupported_method'], {
      'rejects the right key after a wrong key': {
        variant: {
          changeAnswer: (answer, { state: { answers } }) => {
            if (answer.status === 401) answers.set('401', answer);
            return answers.get('401') ?? answer;
          },
        },
        triggeredBy: [WITH_WRONG_KEY, createRequest()],
      },
    }),
    ...foundBy('exact_match', {
      'ignores the case of the path in its cache': {
        variant: {
          changeAnswer: (answer, { path, state: { answers } }) => {
            const key = path.toLowerCase();
            if (isSuccess(answer) && !answers.has(key)) answers.set(key, answer);
            return answer.status === 401 ? answer : (answers.get(key) ?? answer);
          },
        },
        triggeredBy: [createRequest(), createRequest(STRIPE_ID.toLowerCase())],
      },
    }),
    ...foundBy(['same_customer', 'exact_match', 'example_conformance', 'known_customer'], {
      'answers concurrent requests with the wrong customer': {
        variant: {
          answer: async (request, steps) => {
            // Simulates a variable that all requests share by mistake.
            request.state.latestPath = request.path;
            await delay(20);
            return CORRECT.answer({ ...request, path: request.state.latestPath }, steps);
          },
        },
        triggeredBy: [createRequest(), createRequest(getIdentifier('lost_customer'))],
      },
    }),
    ...foundBy(['response_schema_conformance', 'same_customer', 'exact_match'], {
      'answers concurrent requests with the wrong body': {
        variant: {
          changeAnswer: async (answer, { state: { answers } }) => {
            answers.set('latest', answer);
            await delay(20);
            return { ...answer, body: answers.get('latest')?.body };
          },
        },
        triggeredBy: [createRequest(), UNKNOWN],
      },
    }),
    ...foundBy('no_response', {
      'never answers for an email address': hangs(matchesPath(EMAIL_PATH), createRequest(EMAIL)),
      'never sends a 404': hangs(hasStatus(404), UNKNOWN),
      'never sends a 400': hangs(hasStatus(400), MALFORMED),
      'never sends a 401': hangs(hasStatus(401), WITHOUT_KEY),
      'never answers an empty identifier': hangs((_, { path }) => path === PREFIX, createRequest('')),
      'never answers a long identifier': hangs((_, { path }) => path.length > 1000, createRequest('x'.repeat(1024))),
      'never answers HEAD': hangs((_, { method }) => method === 'HEAD', createRequest(undefined, { method: 'HEAD' })),
      'never answers POST': hangs((_, { method }) => method === 'POST', createRequest(undefined, { method: 'POST' })),
      'never answers the 30th request': hangs((_, { number }) => number === 30, repeat(30)),
      'never answers if a character is repeated 200 times': hangs(
        matchesPath(/(.)\1{200}/),
        createRequest('a'.repeat(300)),
      ),
      'closes the connection on invalid percent-encoding': closes(matchesPath(/%ZZ/i), MALFORMED),
      'closes the connection on a wrong key': closes(hasStatus(401), WITH_WRONG_KEY),
      'closes the connection on an unknown customer': closes(hasStatus(404), UNKNOWN),
      'closes the connection on a long identifier': closes(
        (_, { path }) => path.length > 4096,
        createRequest('x'.repeat(5000)),
      ),
      'closes the connection on a NUL': closes(matchesPath(/%00/), createRequest('cus\0')),
      'crashes on an emoji': crashes(matchesPath(/%f0%9f/i), createRequest('🦆')),
      'crashes on invalid percent-encoding': crashes(matchesPath(/%ZZ/i), MALFORMED),
      'crashes on a NUL': crashes(matchesPath(/%00/), createRequest('cus\0')),
      'crashes on the largest FirstOfficer ID': crashes(matchesPath(/\d{16}/), createRequest('9007199254740991')),
      'crashes on malformed base64': crashes(
        (_, request) => hasMalformedBase64(request),
        createRequestWithAuth('Basic !!!'),
      ),
      'crashes on the 25th request': crashes((_, { number }) => number === 25, repeat(25)),
    }),
    ...foundBy('message_framing', {
      'closes the connection in the middle of every successful response': {
        variant: {
          send: (message, response) => {
            if (message.status !== 200) {
              CORRECT.send(message, response);
              return;
            }
            response.writeHead(message.status, message.headers);
            response.write(message.bytes.subarray(0, 20), () => response.socket?.destroySoon());
          },
        },
      },
    }),
  ],
};
