import type * as Client from '@firstofficer/client';
import type { retrieveMany } from '@firstofficer/client/retrieve-many';

type Package = Pick<typeof Client, 'createClient' | 'FirstOfficerError' | 'isFirstOfficerError'>;

/** The client to test and the runtime that it runs in. */
export interface Environment {
  /** The module `@firstofficer/client`. */
  readonly client: Package;
  /** The function of `@firstofficer/client/validate`. */
  readonly validate: Client.Validate;
  /** The function of `@firstofficer/client/retrieve-many`. */
  readonly retrieveMany: typeof retrieveMany;
  /** The URL of the API that `api.ts` starts. */
  readonly baseUrl: string;
  /** Whether the runtime is a page in a browser, which needs the option `dangerouslyAllowBrowser`. */
  readonly isPage: boolean;
}

/** The result of testing one behaviour. */
export interface Result {
  readonly name: string;
  readonly ok: boolean;
  readonly message: string;
}

type RetrieveOptions = Parameters<Client.FirstOfficer['customers']['retrieve']>[1];
type Expected = Readonly<Record<string, unknown>>;

const KEY = 'SecretKey0123456789';
const SHORT_TIMEOUT_MS = 250;

// This file may use only the language, fetch and URL, because it runs in every runtime.
class Tester {
  readonly environment: Environment;

  constructor(environment: Environment) {
    this.environment = environment;
  }

  createClient(options: Omit<Partial<Client.ClientOptions>, 'dangerouslyAllowBrowser'> = {}) {
    const { client, baseUrl, isPage } = this.environment;
    // Only a page sets this option: in all other runtimes, the client must work without it.
    return client.createClient({ token: KEY, baseUrl, ...options, ...(isPage && { dangerouslyAllowBrowser: true }) });
  }

  createClientWithoutBrowserOption() {
    const { client, baseUrl } = this.environment;
    return client.createClient({ token: KEY, baseUrl });
  }

  /** Retrieves a customer with a client that has the default options. */
  async retrieve(identifier: string, options?: RetrieveOptions): Promise<Client.Customer> {
    return this.createClient().customers.retrieve(identifier, options);
  }

  /** Checks that a call rejects with a FirstOfficerError that has the expected members and does not contain the key. */
  async expectError(call: () => unknown, expected: Expected): Promise<void> {
    const error = await catchError(call);
    const { FirstOfficerError, isFirstOfficerError } = this.environment.client;
    if (!(error instanceof FirstOfficerError) || !isFirstOfficerError(error)) {
      throw new Error(`not a FirstOfficerError: ${String(error)}`);
    }
    for (const [name, value] of Object.entries(expected)) {
      expectEqual(error[name as keyof Client.FirstOfficerError], value, `${name} of ${error.code} "${error.message}"`);
    }
    for (const text of [JSON.stringify(error), String(error), error.stack ?? '', error.message, String(error.cause)]) {
      if (text.includes(KEY) || text.includes(btoa(`${KEY}:`))) throw new Error(`the key is in ${text}`);
    }
  }

  /** Returns the number of requests for a customer, or for all, that the API has received. */
  async countRequests(identifier?: string): Promise<number> {
    const path = identifier === undefined ? '/requests' : `/requests/${identifier}`;
    return Number(await (await fetch(`${this.environment.baseUrl}${path}`)).text());
  }

  /** Resolves when the API has received a request for the customer. */
  async waitForRequest(identifier: string): Promise<void> {
    await (await fetch(`${this.environment.baseUrl}/arrived/${identifier}`)).text();
  }
}

/** The global object of runtimes that have the `process` of Node. */
interface MaybeNode {
  readonly process?: { emitWarning?: (message: string, type: string, code: string) => void };
}

type Behaviour = (tester: Tester) => Promise<void>;

const BEHAVIOURS: Readonly<Record<string, Behaviour>> = {
  'retrieve resolves with the customer': async (tester) => {
    const customer = await tester.retrieve('cus_1234ABCD');
    expectEqual(customer.object, 'customer', 'object');
    expectEqual(customer.extra_id, 'cus_1234ABCD', 'extra_id');
    expectEqual(customer.current_mrr, 69900, 'current_mrr');
  },

  ...createBehaviours(['jane+billing@example.com', 'a/b?c#d%e', '%2e%2e', '%ZZ', ' ü ', '🦆'], (identifier) => ({
    [`the API receives the identifier ${identifier} unchanged`]: async (tester) => {
      expectEqual((await tester.retrieve(identifier)).extra_id, identifier, 'identifier');
    },
  })),

  ...createBehaviours(['', '.', '..', '\ud800'], (identifier) => ({
    [`rejects the identifier ${JSON.stringify(identifier)} and sends no request`]: async (tester) => {
      const before = await tester.countRequests();
      await tester.expectError(() => tester.retrieve(identifier), { code: 'invalid_argument' });
      expectEqual(await tester.countRequests(), before, 'requests');
    },
  })),

  'sends the key as HTTP Basic': async (tester) => {
    const { customers } = tester.createClient({ auth: 'basic' });
    expectEqual((await customers.retrieve('authorization')).extra_id, `Basic ${btoa(`${KEY}:`)}`, 'Authorization');
  },

  'sends the key as a token': async (tester) => {
    const { customers } = tester.createClient({ auth: 'token' });
    expectEqual((await customers.retrieve('authorization')).extra_id, `Token token="${KEY}"`, 'Authorization');
  },

  ...createBehaviours(
    [
      { code: 'unauthorized', status: 401, type: 'invalid_request_error', message: 'The key is wrong.' },
      {
        code: 'not_found',
        status: 404,
        type: 'invalid_request_error',
        param: 'customer',
        message: 'No such customer.',
      },
      {
        code: 'invalid_request',
        status: 400,
        type: 'invalid_request_error',
        param: 'customer',
        message: 'Unreadable.',
      },
      { code: 'unavailable', status: 503, type: 'api_error', retryAfter: 7, message: 'Try again.' },
    ],
    (expected) => ({
      [`status ${expected.status} rejects with ${expected.code} and the values of the response`]: expectRejection(
        `status-${expected.status}`,
        { param: undefined, ...expected },
      ),
    }),
  ),

  'status 200 with HTML rejects with invalid_response': expectRejection('html-200', {
    code: 'invalid_response',
    status: 200,
  }),
  'status 502 with HTML rejects with http': expectRejection('html-502', { code: 'http', status: 502 }),
  'status 404 without a body rejects with http': expectRejection('empty-404', { code: 'http', status: 404 }),
  'a body that is larger than maxResponseBytes rejects with response_too_large': async (tester) => {
    const { customers } = tester.createClient({ maxResponseBytes: 100 });
    await tester.expectError(() => customers.retrieve('cus_1234ABCD'), { code: 'response_too_large', status: 200 });
  },
  'a closed connection rejects with network': expectRejection('closed', { code: 'network' }),
  'an incomplete body rejects with network': expectRejection('broken', { code: 'network' }),
  'a missing response rejects with timeout': expectRejection('silent', { code: 'timeout' }, SHORT_TIMEOUT_MS),
  'a stalled body rejects with timeout': expectRejection('stalled', { code: 'timeout' }, SHORT_TIMEOUT_MS),

  'a signal that is already aborted rejects with aborted, and no request is sent': async (tester) => {
    const before = await tester.countRequests();
    const signal = AbortSignal.abort();
    await tester.expectError(() => tester.retrieve('cus_1234ABCD', { signal }), { code: 'aborted' });
    expectEqual(await tester.countRequests(), before, 'requests');
  },

  ...createBehaviours(
    [
      ['before the response', 'silent-abort'],
      ['during the body', 'stalled-abort'],
    ] as const,
    ([moment, identifier]) => ({
      [`a signal that aborts ${moment} rejects with aborted`]: async (tester) => {
        const controller = new AbortController();
        void tester.waitForRequest(identifier).then(() => controller.abort());
        const { signal } = controller;
        await tester.expectError(() => tester.retrieve(identifier, { signal }), { code: 'aborted' });
      },
    }),
  ),

  'concurrent calls can share a signal': async (tester) => {
    const { signal } = new AbortController();
    const { customers } = tester.createClient();
    const calls = Array.from({ length: 30 }, (_, index) => customers.retrieve(`shared-${index}`, { signal }));
    const received = (await Promise.all(calls)).map((customer) => customer.extra_id);
    expectEqual(received.join(), calls.map((_, index) => `shared-${index}`).join(), 'identifiers');
  },

  'does not follow a redirect': async (tester) => {
    await expectRejection('redirect', { code: 'http' })(tester);
    expectEqual(await tester.countRequests('redirect'), 1, 'redirected requests');
    expectEqual(await tester.countRequests('redirected'), 0, 'requests to the target of the redirect');
  },

  ...createBehaviours([503, 429], (status) => ({
    [`retries status ${status}`]: async (tester) => {
      const attempts: unknown[] = [];
      const { customers } = tester.createClient({ onRetry: ({ error }) => attempts.push(error.status) });
      expectEqual((await customers.retrieve(`once-${status}`)).object, 'customer', 'object');
      expectEqual(attempts.join(), `${status}`, 'retried statuses');
      expectEqual(await tester.countRequests(`once-${status}`), 2, 'requests');
    },
  })),

  'returns an invalid customer, unless validate is set': async (tester) => {
    const { validate } = tester.environment;
    expectEqual((await tester.retrieve('invalid')).currency, 'USD', 'currency');
    const { customers } = tester.createClient({ validate });
    await tester.expectError(() => customers.retrieve('invalid'), { code: 'invalid_response' });
    expectEqual((await customers.retrieve('cus_1')).currency, 'usd', 'currency');
  },

  'api.GET resolves with the data of a success': async (tester) => {
    const path = { customer: 'cus_1234ABCD' };
    const { data, error } = await tester.createClient().api.GET('/v2/customers/{customer}', { params: { path } });
    expectEqual(data?.extra_id, 'cus_1234ABCD', 'data');
    expectEqual(error, undefined, 'error');
  },

  'api.GET resolves with the error of status 404': async (tester) => {
    const path = { customer: 'status-404' };
    const { data, error } = await tester.createClient().api.GET('/v2/customers/{customer}', { params: { path } });
    expectEqual(data, undefined, 'data');
    expectEqual(error?.error.message, 'No such customer.', 'error');
  },

  'retrieve.withResponse resolves with the customer and the response': async (tester) => {
    const { data, response } = await tester.createClient().customers.retrieve.withResponse('cus_1234ABCD');
    expectEqual(data.extra_id, 'cus_1234ABCD', 'data');
    expectEqual(response.status, 200, 'status');
    expectEqual(response.headers.get('X-Request-Id'), 'req_1', 'X-Request-Id');
  },

  'retrieveMany returns a result for each identifier, in their order': async (tester) => {
    const { retrieveMany } = tester.environment;
    const received: unknown[] = [];
    const identifiers = ['many-1', 'status-404', 'many-2', ''];
    for await (const { customer, error } of retrieveMany(tester.createClient(), identifiers, { concurrency: 2 })) {
      received.push(customer ? customer.extra_id : error.code);
    }
    expectEqual(received.join(), 'many-1,not_found,many-2,invalid_argument', 'results');
  },

  'retrieveMany aborts the pending requests when the loop is left': async (tester) => {
    const { retrieveMany } = tester.environment;
    const identifiers = ['many-3', 'silent-many', 'many-4'];
    for await (const { identifier } of retrieveMany(tester.createClient(), identifiers, { concurrency: 2 })) {
      expectEqual(identifier, 'many-3', 'identifier');
      await tester.waitForRequest('silent-many');
      break;
    }
    expectEqual(await tester.countRequests('many-4'), 0, 'further requests');
  },

  'sends the headers of the client and of the call, and identifies itself except in a page': async (tester) => {
    const { customers } = tester.createClient({
      application: 'consumer/1',
      headers: { 'X-Client': 'a', 'X-Call': 'b' },
    });
    const { extra_id } = await customers.retrieve('headers', { headers: { 'X-Call': 'c' } });
    const headers: Record<string, string> = JSON.parse(extra_id ?? '');
    expectEqual(headers.accept, 'application/json', 'Accept');
    expectEqual(`${headers['x-client']}${headers['x-call']}`, 'ac', 'headers');
    const isIdentified = /^@firstofficer\/client\/\S+ consumer\/1$/.test(`${headers['user-agent']}`);
    expectEqual(isIdentified, !tester.environment.isPage, `User-Agent ${headers['user-agent']}`);
  },

  'asks for another key after status 401, and calls the hooks for each attempt': async (tester) => {
    const statuses: unknown[] = [];
    const token = async ({ isRejected }: { isRejected: boolean }) => (isRejected ? KEY : 'OtherKey0123456789');
    const onResponse = ({ attempt, path, status }: Client.AttemptResult) => statuses.push(attempt, path, status);
    const { customers } = tester.createClient({ token, onResponse });
    expectEqual((await customers.retrieve('once-401')).extra_id, 'once-401', 'extra_id');
    expectEqual(statuses.join(), '1,/v2/customers/{customer},401,2,/v2/customers/{customer},200', 'attempts');
  },

  'warns once of a deprecated operation, as the runtime does': async (tester) => {
    const { process } = globalThis as MaybeNode;
    // An earlier call may have emitted the warning already.
    Reflect.deleteProperty(globalThis, Symbol.for('@firstofficer/client/deprecated'));
    const messages: unknown[] = [];
    const restore = process?.emitWarning
      ? recordCalls(process, 'emitWarning', messages)
      : recordCalls(console, 'warn', messages);
    await tester.retrieve('deprecated');
    await tester.retrieve('deprecated');
    restore();
    expectEqual(messages.length, 1, `warnings: ${messages.join()}`);
    expectEqual(
      /^GET \/v2\/customers\/\{customer\}: deprecated since 20/.test(`${messages[0]}`),
      true,
      `${messages[0]}`,
    );
  },

  'a signal ends a call while onRetry is pending': async (tester) => {
    const controller = new AbortController();
    const onRetry = () => {
      controller.abort();
      return new Promise(() => {});
    };
    const { customers } = tester.createClient({ onRetry });
    const { signal } = controller;
    await tester.expectError(() => customers.retrieve('status-503', { signal }), { code: 'aborted' });
  },

  ...createBehaviours(['html-502', 'closed', 'silent', 'html-200'], (identifier) => ({
    [`the stack of the error for ${identifier} leads to the line of the application`]: async (tester) => {
      const { customers } = tester.createClient({ maxRetries: 0, timeout: SHORT_TIMEOUT_MS });
      async function retrieveInApplication() {
        return await customers.retrieve(identifier);
      }
      const error = await catchError(retrieveInApplication);
      const stack = String((error as Error).stack);
      if (!stack.includes('retrieveInApplication')) throw new Error(`the stack is ${stack}`);
    },
  })),

  'only a page needs dangerouslyAllowBrowser': async (tester) => {
    if (tester.environment.isPage) {
      await tester.expectError(() => tester.createClientWithoutBrowserOption(), { code: 'invalid_argument' });
    } else {
      const { customers } = tester.createClientWithoutBrowserOption();
      expectEqual((await customers.retrieve('cus_1')).extra_id, 'cus_1', 'extra_id');
    }
  },
};

/** The names of all behaviours. */
export const BEHAVIOUR_NAMES: readonly string[] = Object.keys(BEHAVIOURS);

/** Tests every behaviour, one after the other. */
export async function runBehaviours(environment: Environment): Promise<Result[]> {
  const tester = new Tester(environment);
  const results: Result[] = [];
  for (const [name, behaviour] of Object.entries(BEHAVIOURS)) {
    const failure = await behaviour(tester).then(
      () => '',
      (reason: unknown) => String(reason),
    );
    results.push({ name, ok: failure === '', message: failure });
  }
  return results;
}

/** Returns a behaviour: the client rejects the call for a customer with the expected error. */
function expectRejection(identifier: string, expected: Expected, timeout?: number): Behaviour {
  return async (tester) => {
    const options = { maxRetries: 0, ...(timeout !== undefined && { timeout }) };
    await tester.expectError(() => tester.retrieve(identifier, options), expected);
  };
}

/** Creates behaviours for each value. */
function createBehaviours<T>(
  values: readonly T[],
  behaviours: (value: T) => Record<string, Behaviour>,
): Record<string, Behaviour> {
  return Object.assign({}, ...values.map(behaviours));
}

/** Records the first arguments of calls that succeed. Returns a function that ends this. */
function recordCalls<Name extends string>(
  object: Partial<Record<Name, (...args: never[]) => void>>,
  name: Name,
  calls: unknown[],
): () => void {
  const original = object[name];
  object[name] = (...args) => {
    // Called without its object, as the client calls it.
    original?.(...args);
    calls.push(args[0]);
  };
  return () => {
    object[name] = original;
  };
}

/** Returns the error that a call throws or rejects with. Rejects after 10 s, because a call that hangs would block others. */
async function catchError(call: () => unknown): Promise<unknown> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the call did not settle within 10 s')), 10_000);
  });
  const outcome = (async () => call())().then(
    () => new Error('the call succeeded'),
    (reason: unknown) => reason,
  );
  try {
    return await Promise.race([outcome, limit]);
  } finally {
    clearTimeout(timer);
  }
}

function expectEqual(actual: unknown, expected: unknown, label: string): void {
  if (actual !== expected)
    throw new Error(`${label}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`);
}
