import type * as Client from '@firstofficer/client';

type Package = Pick<typeof Client, 'createClient' | 'FirstOfficerError' | 'isFirstOfficerError'>;
type Validate = Client.Validate;

/** Where and on whom the behaviours are tried. */
export interface Setting {
  readonly client: Package;
  /** That of the entry `validate`. */
  readonly validate: Validate;
  /** The address of the API of this package's `src/api.ts`. */
  readonly baseUrl: string;
  /** Whether this is a page, where the client is to refuse unless told otherwise. */
  readonly page: boolean;
}

/** How one behaviour went. */
export interface Result {
  readonly name: string;
  readonly ok: boolean;
  readonly message: string;
}

type Options = Parameters<Package['createClient']>[0];
type Expected = Readonly<Record<string, unknown>>;

const KEY = 'SecretKey0123456789';
const TOO_SHORT = 250;

// Nothing here may need more than the language, fetch and URL: the same list runs wherever the client does.
class Trial {
  readonly #setting: Setting;

  constructor(setting: Setting) {
    this.#setting = setting;
  }

  get validate(): Validate {
    return this.#setting.validate;
  }

  get page(): boolean {
    return this.#setting.page;
  }

  create(options: Omit<Partial<Options>, 'dangerouslyAllowBrowser'> = {}) {
    const { client, baseUrl, page } = this.#setting;
    // Only a page says so: anywhere else the client has to work without.
    return client.createClient({ token: KEY, baseUrl, ...options, ...(page && { dangerouslyAllowBrowser: true }) });
  }

  createWithoutSayingSo() {
    const { client, baseUrl } = this.#setting;
    return client.createClient({ token: KEY, baseUrl });
  }

  /** The error of a call, which has to be the client's own and to be as expected, and must not give away the key. */
  async failure(call: () => unknown, expected: Expected): Promise<Client.FirstOfficerError> {
    const error = await settled(call);
    const { FirstOfficerError, isFirstOfficerError } = this.#setting.client;
    if (!(error instanceof FirstOfficerError) || !isFirstOfficerError(error)) {
      throw new Error(`not a FirstOfficerError: ${String(error)}`);
    }
    for (const [name, value] of Object.entries(expected)) {
      same(error[name as keyof Client.FirstOfficerError], value, `${name} of ${error.code} "${error.message}"`);
    }
    for (const text of [JSON.stringify(error), String(error), error.stack ?? '', error.message, String(error.cause)]) {
      if (text.includes(KEY) || text.includes(btoa(`${KEY}:`))) throw new Error(`the key is in ${text}`);
    }
    return error;
  }

  /** How many requests for the customer have reached the API. */
  async requests(identifier?: string): Promise<number> {
    const path = identifier === undefined ? '/requests' : `/requests/${identifier}`;
    return Number(await (await fetch(`${this.#setting.baseUrl}${path}`)).text());
  }

  /** Resolves as soon as a request for the customer has reached the API. */
  async arrived(identifier: string): Promise<void> {
    await (await fetch(`${this.#setting.baseUrl}/arrived/${identifier}`)).text();
  }
}

type Behaviour = (trial: Trial) => Promise<void>;

const BEHAVIOURS: Readonly<Record<string, Behaviour>> = {
  'retrieve gives the customer': async (trial) => {
    const customer = await trial.create().customers.retrieve('cus_1234ABCD');
    same(customer.object, 'customer', 'object');
    same(customer.extra_id, 'cus_1234ABCD', 'extra_id');
    same(customer.current_mrr, 69900, 'current_mrr');
  },

  ...each(['jane+billing@example.com', 'a/b?c#d%e', '%2e%2e', '%ZZ', ' ü ', '🦆'], (identifier) => ({
    [`the identifier ${identifier} arrives as it is`]: async (trial) => {
      same((await trial.create().customers.retrieve(identifier)).extra_id, identifier, 'what arrived');
    },
  })),

  ...each(['', '.', '..', '\ud800'], (identifier) => ({
    [`the identifier ${JSON.stringify(identifier)} is refused, and nothing is sent`]: async (trial) => {
      const before = await trial.requests();
      await trial.failure(() => trial.create().customers.retrieve(identifier), { code: 'invalid_argument' });
      same(await trial.requests(), before, 'requests');
    },
  })),

  'the key is sent as HTTP Basic': async (trial) => {
    const { customers } = trial.create({ auth: 'basic' });
    same((await customers.retrieve('authorization')).extra_id, `Basic ${btoa(`${KEY}:`)}`, 'Authorization');
  },

  'the key is sent as a token': async (trial) => {
    const { customers } = trial.create({ auth: 'token' });
    same((await customers.retrieve('authorization')).extra_id, `Token token="${KEY}"`, 'Authorization');
  },

  ...each(
    [
      ['unauthorized', 401, 'invalid_request_error', undefined, 'The key is wrong.'],
      ['not_found', 404, 'invalid_request_error', 'id', 'No such customer.'],
      ['invalid_request', 400, 'invalid_request_error', 'customer', 'Unreadable identifier.'],
    ] as const,
    ([code, status, type, param, message]) => ({
      [`a ${status} is ${code}, with what the API says of it`]: async (trial) => {
        const call = () => trial.create().customers.retrieve(`status-${status}`);
        await trial.failure(call, { code, status, type, param, message });
      },
    }),
  ),

  'a 503 is unavailable, with how long to wait': async (trial) => {
    const call = () => trial.create({ maxRetries: 0 }).customers.retrieve('status-503');
    const expected = { code: 'unavailable', status: 503, type: 'api_error', retryAfter: 7, message: 'Try again.' };
    await trial.failure(call, expected);
  },

  'a success that is HTML is invalid_response': failsWith('html-200', { code: 'invalid_response', status: 200 }),
  'a failure that is HTML is http': failsWith('html-502', { code: 'http', status: 502 }),
  'a 404 without a body is not_found': failsWith('empty-404', { code: 'not_found', status: 404 }),
  'a connection that is closed is network': failsWith('closed', { code: 'network' }),
  'a body that breaks off is network': failsWith('broken', { code: 'network' }),
  'no answer is timeout': failsWith('silent', { code: 'timeout' }, TOO_SHORT),
  'a body that stalls is timeout': failsWith('stalled', { code: 'timeout' }, TOO_SHORT),

  'a call that is aborted beforehand is aborted, and nothing is sent': async (trial) => {
    const before = await trial.requests();
    const signal = AbortSignal.abort();
    await trial.failure(() => trial.create().customers.retrieve('cus_1234ABCD', { signal }), { code: 'aborted' });
    same(await trial.requests(), before, 'requests');
  },

  'a call that is aborted while it waits is aborted': async (trial) => {
    const controller = new AbortController();
    void trial.arrived('silent-abort').then(() => controller.abort());
    const options = { signal: controller.signal };
    await trial.failure(() => trial.create().customers.retrieve('silent-abort', options), { code: 'aborted' });
  },

  'a call that is aborted while its body stalls is aborted': async (trial) => {
    const controller = new AbortController();
    void trial.arrived('stalled-abort').then(() => controller.abort());
    const options = { signal: controller.signal };
    await trial.failure(() => trial.create().customers.retrieve('stalled-abort', options), { code: 'aborted' });
  },

  'many calls at the same time share a signal': async (trial) => {
    const { signal } = new AbortController();
    const { customers } = trial.create();
    const calls = Array.from({ length: 30 }, (_, index) => customers.retrieve(`shared-${index}`, { signal }));
    const found = (await Promise.all(calls)).map((customer) => customer.extra_id);
    same(found.join(), calls.map((_, index) => `shared-${index}`).join(), 'what arrived');
  },

  'a redirect is not followed': async (trial) => {
    const options = { maxRetries: 0 };
    await trial.failure(() => trial.create().customers.retrieve('redirect', options), { code: 'http' });
    same(await trial.requests('redirect'), 1, 'requests that are redirected');
    same(await trial.requests('redirected'), 0, 'requests where the redirect leads');
  },

  ...each([503, 429], (status) => ({
    [`a ${status} is tried again`]: async (trial) => {
      const attempts: unknown[] = [];
      const { customers } = trial.create({ onRetry: ({ error }) => attempts.push(error.status) });
      same((await customers.retrieve(`once-${status}`)).object, 'customer', 'object');
      same(attempts.join(), `${status}`, 'what was tried again');
      same(await trial.requests(`once-${status}`), 2, 'requests');
    },
  })),

  'a customer that departs from the description passes unless it is validated': async (trial) => {
    const { validate } = trial;
    same((await trial.create().customers.retrieve('departs')).currency, 'USD', 'currency');
    await trial.failure(() => trial.create({ validate }).customers.retrieve('departs'), { code: 'invalid_response' });
    same((await trial.create({ validate }).customers.retrieve('cus_1')).currency, 'usd', 'currency');
  },

  'api.GET gives the data': async (trial) => {
    const path = { customer: 'cus_1234ABCD' };
    const { data, error } = await trial.create().api.GET('/v2/customers/{customer}', { params: { path } });
    same(data?.extra_id, 'cus_1234ABCD', 'data');
    same(error, undefined, 'error');
  },

  'api.GET gives the error': async (trial) => {
    const path = { customer: 'status-404' };
    const { data, error } = await trial.create().api.GET('/v2/customers/{customer}', { params: { path } });
    same(data, undefined, 'data');
    same(error?.error.message, 'No such customer.', 'error');
  },

  'retrieve.withResponse gives the response, too': async (trial) => {
    const { data, response } = await trial.create().customers.retrieve.withResponse('cus_1234ABCD');
    same(data.extra_id, 'cus_1234ABCD', 'data');
    same(response.status, 200, 'status');
    same(response.headers.get('X-Request-Id'), 'req_1', 'X-Request-Id');
  },

  'a page has to say that its users may see the key, nobody else': async (trial) => {
    if (trial.page) await trial.failure(() => trial.createWithoutSayingSo(), { code: 'invalid_argument' });
    else same((await trial.createWithoutSayingSo().customers.retrieve('cus_1')).extra_id, 'cus_1', 'extra_id');
  },
};

/** The names of all behaviours. */
export const NAMES: readonly string[] = Object.keys(BEHAVIOURS);

/** Tries every behaviour, one after the other. */
export async function tryAll(setting: Setting): Promise<Result[]> {
  const trial = new Trial(setting);
  const results: Result[] = [];
  for (const [name, behaviour] of Object.entries(BEHAVIOURS)) {
    const failure = await behaviour(trial).then(
      () => '',
      (reason: unknown) => String(reason),
    );
    results.push({ name, ok: failure === '', message: failure });
  }
  return results;
}

function failsWith(identifier: string, expected: Expected, timeout?: number): Behaviour {
  return async (trial) => {
    const options = { maxRetries: 0, ...(timeout !== undefined && { timeout }) };
    await trial.failure(() => trial.create().customers.retrieve(identifier, options), expected);
  };
}

function each<T>(values: readonly T[], behaviours: (value: T) => Record<string, Behaviour>): Record<string, Behaviour> {
  return Object.assign({}, ...values.map(behaviours));
}

// What hangs must not hold up the rest of the list, and is to be seen as itself.
async function settled(call: () => unknown): Promise<unknown> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('still waiting after 10 s')), 10_000);
  });
  const outcome = (async () => call())().then(
    () => new Error('it succeeded'),
    (reason: unknown) => reason,
  );
  try {
    return await Promise.race([outcome, limit]);
  } finally {
    clearTimeout(timer);
  }
}

function same(actual: unknown, expected: unknown, what: string): void {
  if (actual !== expected) throw new Error(`${what}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`);
}
