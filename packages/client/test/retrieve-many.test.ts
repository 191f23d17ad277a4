import { getEventListeners } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type ClientOptions, createClient, type FirstOfficerError } from '../src/index.ts';
import { type RetrieveManyResult, retrieveMany } from '../src/retrieve-many.ts';
import { countTimers } from './leaks.ts';
import { API_ERRORS, startServer } from './support.ts';

/** A request that the test has not answered yet. */
interface PendingRequest {
  readonly identifier: string;
  answer(status?: number, headers?: Record<string, string>): void;
}

const answer = (response: ServerResponse, status = 200, headers: Record<string, string> = {}) => {
  response.writeHead(status, headers).end(API_ERRORS[status] ?? '{"object":"customer","error":{"message":"No."}}');
};

/** Starts a server that passes each request to `onRequest`, and records which requests were aborted. */
async function createTestClient(
  onRequest: (request: PendingRequest) => void = (request) => request.answer(),
  options: Partial<ClientOptions> = {},
) {
  const seen = { identifiers: [] as string[], aborted: [] as string[], concurrent: 0, maxConcurrent: 0 };
  const baseUrl = await startServer(({ url = '' }, response) => {
    const identifier = decodeURIComponent(url.slice('/v2/customers/'.length));
    seen.identifiers.push(identifier);
    seen.concurrent++;
    seen.maxConcurrent = Math.max(seen.maxConcurrent, seen.concurrent);
    response.once('close', () => {
      seen.concurrent--;
      if (!response.writableFinished) seen.aborted.push(identifier);
    });
    onRequest({ identifier, answer: (status, headers) => answer(response, status, headers) });
  }, createServer());
  return { seen, firstofficer: createClient({ token: 'key', baseUrl, ...options }) };
}

/** A source of identifiers that records how far it was read and how often it was closed. */
function createSource(identifiers: Iterable<string>) {
  const source = { read: 0, closed: 0 };
  return Object.assign(source, {
    *[Symbol.iterator]() {
      try {
        for (const identifier of identifiers) {
          source.read++;
          yield identifier;
        }
      } finally {
        source.closed++;
      }
    },
  });
}

function* countUp() {
  for (let index = 0; ; index++) yield `cus_${index}`;
}

async function collect(results: AsyncIterable<RetrieveManyResult>): Promise<RetrieveManyResult[]> {
  const collected: RetrieveManyResult[] = [];
  for await (const result of results) collected.push(result);
  return collected;
}

const unhandled = vi.fn();
beforeEach(() => void process.on('unhandledRejection', unhandled));
afterEach(async () => {
  vi.restoreAllMocks();
  // Node reports unhandled rejections after the microtasks.
  await new Promise(setImmediate);
  process.off('unhandledRejection', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});

test('returns the customer of each identifier', async () => {
  const { firstofficer } = await createTestClient();

  expect(await collect(retrieveMany(firstofficer, ['a', 'b c', 'ü']))).toEqual(
    ['a', 'b c', 'ü'].map((identifier) => ({ identifier, customer: expect.objectContaining({ object: 'customer' }) })),
  );
});

test('returns nothing for no identifiers', async () => {
  const { firstofficer, seen } = await createTestClient();
  const results = retrieveMany(firstofficer, []);

  expect(await collect(results)).toEqual([]);
  expect(await results.next()).toEqual({ done: true, value: undefined });
  expect(seen.identifiers).toEqual([]);
});

test('every identifier has one result, and the results have the order of the identifiers if ordered', async () => {
  const turns = new Map<number, number>();
  let requests = 0;
  const { firstofficer, seen } = await createTestClient(({ identifier, answer }) => {
    let left = turns.get(requests++ % turns.size) ?? 0;
    const status = identifier.startsWith('x') ? 404 : 200;
    const wait = () => (left-- > 0 ? setImmediate(wait) : answer(status));
    wait();
  });
  const identifier = fc.tuple(fc.constantFrom('a', 'x'), fc.nat(9)).map(([kind, number]) => `${kind}${number}`);

  await fc.assert(
    fc.asyncProperty(
      fc.array(identifier, { maxLength: 30 }),
      fc.array(fc.nat(5), { minLength: 1, maxLength: 10 }),
      fc.record({ concurrency: fc.integer({ min: 1, max: 8 }), ordered: fc.boolean() }),
      fc.boolean(),
      async (identifiers, delays, options, isAsync) => {
        turns.clear();
        for (const [index, delay] of delays.entries()) turns.set(index, delay);
        Object.assign(seen, { identifiers: [], aborted: [], maxConcurrent: 0 });
        const source = isAsync
          ? (async function* () {
              yield* identifiers;
            })()
          : identifiers;
        const results = await collect(retrieveMany(firstofficer, source, options));

        const received = results.map((result) => result.identifier);
        expect(options.ordered ? received : received.toSorted()).toEqual(
          options.ordered ? identifiers : identifiers.toSorted(),
        );
        for (const { identifier, customer, error } of results) {
          if (identifier.startsWith('x')) expect(error).toMatchObject({ code: 'not_found' });
          else expect(customer).toMatchObject({ object: 'customer' });
        }
        expect(seen.identifiers.toSorted()).toEqual(identifiers.toSorted());
        expect(seen.maxConcurrent).toBeLessThanOrEqual(options.concurrency);
        expect(seen.aborted).toEqual([]);
      },
    ),
    // A failure prints the seed and the path that repeat it.
    { numRuns: 60 },
  );
});

describe('the order', () => {
  const answerLastFirst = async (ordered: boolean | undefined) => {
    const pending: PendingRequest[] = [];
    const { firstofficer } = await createTestClient((request) => {
      if (pending.push(request) === 3) for (const { answer } of pending.toReversed()) setImmediate(answer);
    });
    const results = await collect(retrieveMany(firstofficer, ['a', 'b', 'c'], { ordered }));
    return results.map(({ identifier }) => identifier);
  };

  test.each([true, undefined])('is kept with ordered: %s', async (ordered) => {
    expect(await answerLastFirst(ordered)).toEqual(['a', 'b', 'c']);
  });

  test('without order, a result is returned while an earlier request is pending', async () => {
    const { firstofficer } = await createTestClient(({ identifier, answer }) => identifier !== 'a' && answer());
    const results = retrieveMany(firstofficer, ['a', 'b'], { ordered: false });

    expect(await results.next()).toMatchObject({ value: { identifier: 'b' } });
    await results.return();
  });
});

describe('reads ahead only what concurrency needs', () => {
  test('the number of pending requests reaches concurrency and does not exceed it', async () => {
    const pending: PendingRequest[] = [];
    const { firstofficer, seen } = await createTestClient((request) => {
      if (pending.push(request) < 4) return;
      for (const { answer } of pending.splice(0)) answer();
    });
    const source = createSource(Array.from({ length: 12 }, (_, index) => `cus_${index}`));
    expect(await collect(retrieveMany(firstofficer, source, { concurrency: 4 }))).toHaveLength(12);

    expect(seen.maxConcurrent).toBe(4);
  });

  test('nothing is read and nothing is sent before the first result is asked for', async () => {
    const { firstofficer, seen } = await createTestClient();
    const source = createSource(['a']);
    const { signal } = new AbortController();
    const results = retrieveMany(firstofficer, source, { signal });
    await new Promise(setImmediate);
    expect([source.read, seen.identifiers.length, getEventListeners(signal, 'abort').length]).toEqual([0, 0, 0]);

    await results.return();
    expect(await results.next()).toEqual({ done: true, value: undefined });
    expect(source.read).toBe(0);
  });

  test.each([true, false])('a loop that stops stops the requests, ordered: %s', async (ordered) => {
    const { firstofficer, seen } = await createTestClient();
    const source = createSource(countUp());
    const results = retrieveMany(firstofficer, source, { concurrency: 3, ordered });
    for (let taken = 1; taken <= 5; taken++) {
      await results.next();
      // All requests that were sent are answered, so nothing else is about to happen.
      await vi.waitFor(() => expect(seen).toMatchObject({ concurrent: 0 }));
      await new Promise(setImmediate);
      expect(source.read).toBeLessThanOrEqual(taken + 2);
      expect(seen.identifiers.length).toBeLessThanOrEqual(taken + 2);
    }
    await results.return();
  });

  test('an async source is not asked for the next identifier before it has returned the last one', async () => {
    const { firstofficer } = await createTestClient();
    const left = ['a', 'b', 'c'];
    let pending = 0;
    const source = {
      [Symbol.asyncIterator]: () => ({
        async next() {
          expect(pending++).toBe(0);
          await new Promise(setImmediate);
          pending--;
          const value = left.shift();
          return value === undefined ? { done: true as const, value } : { done: false, value };
        },
      }),
    };

    expect(await collect(retrieveMany(firstofficer, source))).toHaveLength(3);
  });

  test('several calls of next may be pending at the same time', async () => {
    const { firstofficer } = await createTestClient();
    const results = retrieveMany(firstofficer, ['a', 'b', 'c'], { concurrency: 1 });
    const calls = await Promise.all(Array.from({ length: 5 }, () => results.next()));

    expect(calls.map(({ value }) => value?.identifier)).toEqual(['a', 'b', 'c', undefined, undefined]);
  });
});

describe('errors', () => {
  test('of one identifier are results, and the iteration continues', async () => {
    const statuses: Record<string, number> = { missing: 404, invalid: 400, teapot: 418, broken: 500 };
    const { firstofficer } = await createTestClient(
      ({ identifier, answer }) => answer(statuses[identifier], { 'Retry-After': '0' }),
      { maxRetries: 0 },
    );
    const identifiers = ['missing', 'invalid', '', '..', 'teapot', 'broken', 'ok'];
    const results = await collect(retrieveMany(firstofficer, identifiers));

    expect(results.map(({ error }) => error?.code)).toEqual([
      ...['not_found', 'invalid_request', 'invalid_argument', 'invalid_argument', 'http', 'http', undefined],
    ]);
    expect(results.map((result) => Object.keys(result).join())).toEqual([
      ...Array(6).fill('identifier,error'),
      'identifier,customer',
    ]);
  });

  test('of the connection are results', async () => {
    const { firstofficer } = await createTestClient(undefined, { baseUrl: 'http://127.0.0.1:9', maxRetries: 0 });

    expect(await collect(retrieveMany(firstofficer, ['a', 'b']))).toMatchObject([
      { identifier: 'a', error: { code: 'network' } },
      { identifier: 'b', error: { code: 'network' } },
    ]);
  });

  test('a wrong key ends the iteration, because all further calls would fail too', async () => {
    const { firstofficer, seen } = await createTestClient(({ answer }) => answer(401));
    const source = createSource(countUp());

    await expect(collect(retrieveMany(firstofficer, source, { concurrency: 2 }))).rejects.toMatchObject({
      code: 'unauthorized',
    });
    expect(seen.identifiers.length).toBeLessThanOrEqual(2);
    expect(source.closed).toBe(1);
  });

  test.each([{ timeout: -1 }, { maxRetries: -1 }])(
    'invalid options of the call end the iteration: %j',
    async (options) => {
      const { firstofficer, seen } = await createTestClient();
      const source = createSource(countUp());

      await expect(collect(retrieveMany(firstofficer, source, options))).rejects.toMatchObject({
        code: 'invalid_argument',
        param: Object.keys(options)[0],
      });
      expect(seen.identifiers).toEqual([]);
      expect(source.closed).toBe(1);
    },
  );

  test('that onRetry throws end the iteration', async () => {
    const onRetry = () => {
      throw new RangeError('enough');
    };
    const { firstofficer } = await createTestClient(({ answer }) => answer(500), { onRetry });

    await expect(collect(retrieveMany(firstofficer, countUp()))).rejects.toMatchObject({
      code: 'invalid_argument',
      param: 'onRetry',
      cause: new RangeError('enough'),
    });
  });

  test.each<[string, readonly unknown[]]>([
    ['identifiers', ['cus_1', {}]],
    ['identifiers', [undefined, {}]],
    ['identifiers', [{ length: 1, 0: 'a' }, {}]],
    ['concurrency', [[], { concurrency: 0 }]],
    ['concurrency', [[], { concurrency: 1.5 }]],
    ['concurrency', [[], { concurrency: Number.POSITIVE_INFINITY }]],
    ['concurrency', [[], { concurrency: null }]],
    ['concurrency', [[], { concurrency: '2' }]],
    ['ordered', [[], { ordered: 'no' }]],
    ['signal', [[], { signal: {} }]],
    ['options', [[], null]],
  ])('an invalid argument throws at once: %s', (param, [identifiers, options]) => {
    const firstofficer = createClient({ token: 'key' });
    // The cast passes what JavaScript callers may pass.
    const call = () => retrieveMany(firstofficer, identifiers as string[], options as object);

    expect(call).toThrow(expect.objectContaining({ code: 'invalid_argument', param }));
  });

  test.each([
    ['of a result', 404, 'not_found'],
    ['that ends the iteration', 401, 'unauthorized'],
    ['of the signal', 0, 'aborted'],
  ])('the stack of the error %s leads to the line of the application', async (_, status, code) => {
    const controller = new AbortController();
    const { firstofficer } = await createTestClient(({ answer }) => (status ? answer(status) : controller.abort()));
    async function applicationCopies() {
      for await (const { error } of retrieveMany(firstofficer, ['a'], { signal: controller.signal })) return error;
      return undefined;
    }
    const error = await applicationCopies().catch((error: FirstOfficerError) => error);

    expect(error).toMatchObject({ code, stack: expect.stringContaining('applicationCopies') });
    expect(Object.keys(error ?? {})).not.toContain('stack');
  });

  test('a client that is none throws at once', () => {
    const call = () => retrieveMany({} as ReturnType<typeof createClient>, []);

    expect(call).toThrow(expect.objectContaining({ code: 'invalid_argument', param: 'firstofficer' }));
  });
});

describe('ends', () => {
  /** Starts requests of which only the first is answered. */
  async function startHanging() {
    const { firstofficer, seen } = await createTestClient(({ identifier, answer }) => {
      if (identifier === 'cus_0') answer();
    });
    return { firstofficer, seen, source: createSource(countUp()), controller: new AbortController() };
  }
  type Hanging = Awaited<ReturnType<typeof startHanging>>;

  async function expectClean({ seen, source, controller }: Hanging, timers: number, requests: number) {
    expect(source.closed).toBe(1);
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
    await vi.waitFor(() => expect(seen.aborted).toHaveLength(requests));
    expect(seen.identifiers).toHaveLength(requests + 1);
    // Node itself has one timer for keep-alive connections.
    expect(countTimers() - timers).toBeLessThanOrEqual(1);
  }

  /** Waits until the pending requests have reached the server. */
  const arrive = ({ seen }: Hanging, requests: number) =>
    vi.waitFor(() => expect(seen.identifiers).toHaveLength(requests));

  test.each([
    ['break', undefined],
    ['an error in the loop', new RangeError('mine')],
  ])('by %s', async (_, thrown) => {
    const timers = countTimers();
    const hanging = await startHanging();
    const { firstofficer, source, controller } = hanging;
    const loop = async () => {
      const { signal } = controller;
      for await (const _result of retrieveMany(firstofficer, source, { concurrency: 3, signal })) {
        await arrive(hanging, 3);
        if (thrown) throw thrown;
        break;
      }
    };

    expect(await loop().catch((error: unknown) => error)).toBe(thrown);
    await expectClean(hanging, timers, 2);
  });

  test('by return, while next is pending', async () => {
    const timers = countTimers();
    const hanging = await startHanging();
    const { firstofficer, source, controller } = hanging;
    const results = retrieveMany(firstofficer, source, { concurrency: 2, signal: controller.signal });
    await results.next();
    const next = results.next();
    await arrive(hanging, 3);

    expect(await results.return()).toEqual({ done: true, value: undefined });
    expect(await next).toEqual({ done: true, value: undefined });
    expect(await results.next()).toEqual({ done: true, value: undefined });
    await expectClean(hanging, timers, 2);
  });

  test.each(['while next is pending', 'while the loop processes a result'])('by the signal, %s', async (moment) => {
    const timers = countTimers();
    const hanging = await startHanging();
    const { firstofficer, source, controller } = hanging;
    const results = retrieveMany(firstofficer, source, { concurrency: 3, signal: controller.signal });
    await results.next();
    await arrive(hanging, 3);
    const reason = new Error('The user left.');
    const isPending = moment === 'while next is pending';
    const pending = isPending ? results.next() : undefined;
    if (isPending) await arrive(hanging, 4);
    controller.abort(reason);

    await expect(pending ?? results.next()).rejects.toMatchObject({ code: 'aborted', cause: reason });
    expect(await results.next()).toEqual({ done: true, value: undefined });
    await expectClean(hanging, timers, isPending ? 3 : 2);
  });

  test('by a signal that is already aborted, before anything is read', async () => {
    const { firstofficer, seen } = await createTestClient();
    const source = createSource(countUp());

    await expect(
      collect(retrieveMany(firstofficer, source, { signal: AbortSignal.abort('late') })),
    ).rejects.toMatchObject({ code: 'aborted', cause: 'late' });
    expect([source.read, seen.identifiers.length]).toEqual([0, 0]);
  });

  test('by the signal during the pause after a 429, and no timer is left', async () => {
    const controller = new AbortController();
    const timers = countTimers();
    const { firstofficer } = await createTestClient(({ answer }) => answer(429, { 'Retry-After': '50' }), {
      onRetry: () => void setImmediate(() => controller.abort()),
    });

    await expect(collect(retrieveMany(firstofficer, countUp(), { signal: controller.signal }))).rejects.toMatchObject({
      code: 'aborted',
    });
    expect(countTimers() - timers).toBeLessThanOrEqual(1);
  });

  test('by an error of the source', async () => {
    const timers = countTimers();
    const hanging = await startHanging();
    const { firstofficer, seen, controller } = hanging;
    const failure = new RangeError('The file is unreadable.');
    async function* read() {
      yield 'cus_1';
      yield 'cus_2';
      await arrive(hanging, 2);
      throw failure;
    }

    await expect(collect(retrieveMany(firstofficer, read(), { signal: controller.signal }))).rejects.toBe(failure);
    await vi.waitFor(() => expect(seen.aborted.toSorted()).toEqual(['cus_1', 'cus_2']));
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
    expect(countTimers() - timers).toBeLessThanOrEqual(1);
  });

  test('by return, although an async source has not returned its next identifier', async () => {
    const { firstofficer } = await createTestClient();
    const closed = vi.fn(async () => Promise.reject(new Error('The source is broken.')));
    const source = {
      [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => {}), return: closed }),
    };
    const results = retrieveMany(firstofficer, source);
    const next = results.next();

    expect(await results.return()).toEqual({ done: true, value: undefined });
    expect(await next).toEqual({ done: true, value: undefined });
    expect(closed).toHaveBeenCalledOnce();
  });

  test('an error that the source throws when it is closed is the error of break, but does not replace another', async () => {
    const { firstofficer } = await createTestClient(({ identifier, answer }) => answer(identifier === 'x' ? 401 : 200));
    function* createBroken(identifier: string) {
      try {
        for (;;) yield identifier;
      } finally {
        // biome-ignore lint/correctness/noUnsafeFinally: the test is about such a source.
        throw new RangeError('The source is broken.');
      }
    }
    const loop = async () => {
      for await (const _result of retrieveMany(firstofficer, createBroken('a'))) break;
    };

    await expect(loop()).rejects.toThrow(new RangeError('The source is broken.'));
    await expect(collect(retrieveMany(firstofficer, createBroken('x')))).rejects.toMatchObject({
      code: 'unauthorized',
    });
  });

  test('after the last result, and leaves no listener and no timer', async () => {
    const timers = countTimers();
    const { signal } = new AbortController();
    const { firstofficer } = await createTestClient();
    const source = createSource(['a', 'b']);
    await collect(retrieveMany(firstofficer, source, { signal }));

    expect(source.closed).toBe(1);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    expect(countTimers() - timers).toBeLessThanOrEqual(1);
  });
});

test('iterations can share a signal, which has one listener', async () => {
  const controller = new AbortController();
  let requests = 0;
  const { firstofficer } = await createTestClient(() => ++requests === 30 && controller.abort());
  const loops = Array.from({ length: 15 }, () =>
    collect(retrieveMany(firstofficer, countUp(), { concurrency: 2, signal: controller.signal })).catch(
      (error: FirstOfficerError) => error.code,
    ),
  );

  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1);
  expect(await Promise.all(loops)).toEqual(Array(15).fill('aborted'));
  expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
});

describe('all requests slow down together', () => {
  /** Advances the clock and the timers of the client, but not of Node's HTTP code, which does not use these globals. */
  function useFakeClock() {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  }
  afterEach(() => void vi.useRealTimers());

  /** Lets the network do its work, without advancing the clock. */
  const settle = async () => {
    for (let turn = 0; turn < 30; turn++) await new Promise(setImmediate);
  };

  test.each([429, 503])('after status %i, for the time of Retry-After', async (status) => {
    useFakeClock();
    const held: PendingRequest[] = [];
    const { firstofficer, seen } = await createTestClient((request) => {
      if (request.identifier === 'cus_0' && seen.identifiers.length === 1)
        request.answer(status, { 'Retry-After': '30' });
      else held.push(request);
    });
    const results = retrieveMany(firstofficer, countUp(), { concurrency: 3, ordered: false });
    const next = results.next();
    await settle();
    expect(seen.identifiers).toHaveLength(3);
    // The answers make room for further requests, but these wait.
    for (const request of held.splice(0)) request.answer();
    await next;
    await results.next();
    const third = results.next();
    await settle();
    expect(seen.identifiers.toSorted()).toEqual(['cus_0', 'cus_1', 'cus_2']);

    await vi.advanceTimersByTimeAsync(29_000);
    await settle();
    expect(seen.identifiers).toHaveLength(3);

    await vi.advanceTimersByTimeAsync(1_000);
    await settle();
    expect(seen.identifiers.slice(3).toSorted()).toEqual(['cus_0', 'cus_3', 'cus_4']);
    for (const request of held.splice(0)) request.answer();
    expect(await third).toMatchObject({ value: { customer: { object: 'customer' } } });
    await results.return();
  });

  test('also if the wait is too long for a retry, or if there are no retries', async () => {
    useFakeClock();
    const { firstofficer, seen } = await createTestClient(
      ({ answer }) => answer(seen.identifiers.length === 1 ? 429 : 200, { 'Retry-After': '3600' }),
      { maxRetries: 0 },
    );
    const results = retrieveMany(firstofficer, countUp(), { concurrency: 1 });

    expect(await results.next()).toMatchObject({ value: { error: { code: 'rate_limited', retryAfter: 3600 } } });
    const next = results.next();
    await vi.advanceTimersByTimeAsync(3_599_000);
    await settle();
    expect(seen.identifiers).toEqual(['cus_0']);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await next).toMatchObject({ value: { identifier: 'cus_1', customer: {} } });
    await results.return();
  });

  test('but not after other errors', async () => {
    useFakeClock();
    const { firstofficer, seen } = await createTestClient(({ identifier, answer }) =>
      identifier === 'cus_0' ? answer(500, { 'Retry-After': '60' }) : answer(),
    );
    const results = retrieveMany(firstofficer, countUp(), { concurrency: 2, ordered: false });
    for (let index = 1; index < 5; index++) {
      expect(await results.next()).toMatchObject({ value: { identifier: `cus_${index}` } });
    }
    expect(seen.identifiers.filter((identifier) => identifier === 'cus_0')).toHaveLength(1);
    await results.return();
  });
});
