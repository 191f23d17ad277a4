import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type ClientOptions, createClient, type FirstOfficerError } from '../src/index.ts';
import { catchError, getCustomer, startServer } from './support.ts';

type Callback = 'token' | 'onRequest' | 'onResponse' | 'onRetry' | 'validate';

// The order in which a call that is retried calls them.
const CALLBACKS: Callback[] = ['token', 'onRequest', 'onResponse', 'onRetry', 'validate'];

const BOOM = new RangeError('boom');

// Math.random returns 0, so that retries do not wait.
beforeEach(() => void vi.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => vi.restoreAllMocks());

/** Creates a client whose function of this name is replaced, and a server that answers 503 once and then a customer. */
async function createClientWith(name: Callback, callback: () => unknown, options: Partial<ClientOptions> = {}) {
  const received = vi.fn();
  const baseUrl = await startServer((_, response) => {
    received();
    if (received.mock.calls.length === 1) response.writeHead(503).end();
    else response.end('{"object":"customer"}');
  });
  return { received, ...createClient({ token: 'sesame-key', baseUrl, ...options, [name]: callback }) };
}

describe.each(CALLBACKS)('%s', (name) => {
  test.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw BOOM;
      },
    ],
    ['rejects', () => Promise.reject(BOOM)],
  ])('that %s rejects the call with invalid_argument and the cause', async (_, callback) => {
    const { customers, api } = await createClientWith(name, callback);
    const error = await catchError(customers.retrieve('x'));

    expect(error).toMatchObject({
      code: 'invalid_argument',
      param: name,
      message: `${name} failed (boom).`,
      cause: { name: 'RangeError', message: 'boom', stack: expect.stringContaining('callbacks.test.ts') },
    });
    if (name !== 'onRetry') expect(await catchError(getCustomer(api, 'x'))).toMatchObject({ param: name });
  });

  test.each([undefined, null, 'text', 7, Object.create(null), Symbol('a')])(
    'may throw any value: %s',
    async (value) => {
      const { customers } = await createClientWith(name, () => {
        throw value;
      });
      const error = await catchError(customers.retrieve('x'));

      expect(error).toMatchObject({ code: 'invalid_argument', param: name });
    },
  );

  test('that never answers ends with the time limit', async () => {
    const { customers } = await createClientWith(name, () => new Promise(() => {}), { timeout: 300 });

    expect(await catchError(customers.retrieve('x'))).toMatchObject({
      code: 'timeout',
      message: `${name} did not answer within 300 ms.`,
    });
  });

  test('that never answers is not asked again', async () => {
    const callback = vi.fn(() => new Promise(() => {}));
    const { customers } = await createClientWith(name, callback, { timeout: 300 });
    await catchError(customers.retrieve('x'));

    expect(callback).toHaveBeenCalledOnce();
  });

  test('that never answers ends with the signal', async () => {
    const controller = new AbortController();
    const { customers } = await createClientWith(name, () => {
      controller.abort(BOOM);
      return new Promise(() => {});
    });

    expect(await catchError(customers.retrieve('x', { signal: controller.signal }))).toMatchObject({
      code: 'aborted',
      cause: BOOM,
    });
  });

  test('that rejects after the signal aborted does not leave the rejection unhandled', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    const controller = new AbortController();
    const { customers } = await createClientWith(name, async () => {
      controller.abort();
      throw BOOM;
    });
    await catchError(customers.retrieve('x', { signal: controller.signal }));
    await new Promise(setImmediate);
    process.off('unhandledRejection', unhandled);

    expect(unhandled).not.toHaveBeenCalled();
  });

  test('is not called if the signal is already aborted', async () => {
    const callback = vi.fn();
    const { customers, received } = await createClientWith(name, callback);
    await catchError(customers.retrieve('x', { signal: AbortSignal.abort() }));

    expect(callback).not.toHaveBeenCalled();
    expect(received).not.toHaveBeenCalled();
  });

  test.each([null, true, 5, {}])('that is %j throws invalid_argument', (value) => {
    expect(() => createClient({ token: 'sesame-key', [name]: value })).toThrow(
      expect.objectContaining({ code: 'invalid_argument', param: name }),
    );
  });
});

test.each(['onRequest', 'onResponse', 'onRetry', 'validate'] as const)(
  'the key does not appear in the error if %s throws it',
  async (name) => {
    const cause = new Error('outer', { cause: new Error('inner sesame-key') });
    const { customers } = await createClientWith(name, () => Promise.reject(cause));
    const error = await catchError(customers.retrieve('x'));

    expect(error.cause).toMatchObject({ message: 'outer', cause: { message: 'inner [API key]' } });
    expect(inspect(error, { depth: 9 })).not.toContain('sesame');
  },
);

test('a FirstOfficerError that a function throws is passed on, so that onRetry can end the call', async () => {
  const errors: FirstOfficerError[] = [];
  const baseUrl = await startServer((_, response) => response.writeHead(503).end());
  const { customers } = createClient({
    token: 'sesame-key',
    baseUrl,
    onRetry: ({ error }) => {
      errors.push(error);
      throw error;
    },
  });
  expect(await catchError(customers.retrieve('x'))).toBe(errors[0]);
  expect(errors).toHaveLength(1);
});

test.each([undefined, null, 'bad', 7, {}])('validate that returns %j rejects with invalid_argument', async (value) => {
  const { customers } = await createClientWith('validate', () => value);

  expect(await catchError(customers.retrieve('x'))).toMatchObject({ code: 'invalid_argument', param: 'validate' });
});

test('validate may be async', async () => {
  const { customers } = await createClientWith('validate', async () => ['/id must be string']);

  expect(await catchError(customers.retrieve('x'))).toMatchObject({
    code: 'invalid_response',
    message: expect.stringContaining('/id must be string'),
  });
});
