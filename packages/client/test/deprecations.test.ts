import { readFile } from 'node:fs/promises';
import ts from 'typescript';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createApi } from '../src/api.ts';
import { createValidate } from '../src/create-validate.ts';
import { warnOfDeprecations } from '../src/deprecation.ts';
import type { ClientOptions } from '../src/index.ts';
import { createOperationSender } from '../src/operation.ts';
import { serializeInput } from '../src/serialize.ts';
import { OPERATIONS, type paths, SERVER_URL } from './generated/deprecations/openapi.ts';
import { validators } from './generated/deprecations/validators.ts';
import { catchError, operations } from './support.ts';

// The files in generated/deprecations describe an API with deprecated operations, parameters, members and headers.

const BILL =
  'GET /v1/bills/{bill}: deprecated since 2026-11-01, removed on 2027-11-01. Use GET /v1/invoices/{invoice} instead.';
const PAGE_SIZE =
  'GET /v1/invoices: the query parameter page_size is deprecated since 2026-10-01, removed on 2027-10-01. Use limit instead.';
const LANGUAGE =
  'GET /v1/invoices: the header X-Language is deprecated since 2026-09-01, removed on 2027-09-01. Use language instead.';

describe('generated types', () => {
  test('each deprecated operation, parameter, member and header has the tag with its dates and its replacement', async () => {
    expect(await listTags('generated/deprecations/openapi.ts')).toEqual([
      ['get', 'since 2026-11-01, removed on 2027-11-01. Use `GET /v1/invoices/{invoice}` instead.'],
      ['amount', 'since 2026-06-01, removed on 2027-06-01. Use `total` instead.'],
      ['retrieveBill', 'since 2026-11-01, removed on 2027-11-01. Use `GET /v1/invoices/{invoice}` instead.'],
      ['page_size', 'since 2026-10-01, removed on 2027-10-01. Use `limit` instead.'],
      ['X-Language', 'since 2026-09-01, removed on 2027-09-01. Use `language` instead.'],
      ['X-Total', 'since 2026-08-01, removed on 2027-08-01. Use `X-Total-Count` instead.'],
      ['memo', 'since 2026-07-01, removed on 2027-07-01. Use `note` instead.'],
    ]);
  });

  test('deprecated members are validated like others', () => {
    const validate = createValidate(validators);
    const invoice = { id: 'inv_1', total: 1, amount: 1, note: null };

    expect(validate('retrieveInvoice', 200, invoice)).toEqual([]);
    expect(validate('retrieveInvoice', 200, { ...invoice, amount: '1' })).toEqual(['/amount must be integer']);
  });

  test('a method of its own is deprecated if its operation is: copy the tag from src/generated/openapi.ts', async () => {
    const generated = await listTags('../src/generated/openapi.ts');
    const expected = generated.filter(([name]) => name === 'retrieveCustomer').map(([, text]) => text);
    const isDeprecated = operations.some(({ id, deprecation }) => id === 'retrieveCustomer' && deprecation);

    expect(expected).toHaveLength(isDeprecated ? 1 : 0);
    expect(await listTags('../src/customers.ts')).toEqual(
      expected.flatMap((text) => [
        ['', text],
        ['withResponse', text],
      ]),
    );
  });
});

describe('a warning', () => {
  beforeEach(() => {
    forgetWarnings();
    vi.spyOn(process, 'emitWarning').mockReturnValue();
  });
  afterEach(() => vi.restoreAllMocks());

  test('is emitted once for a deprecated operation, as a DeprecationWarning with a code', async () => {
    const api = createInvoices();
    await getBill(api);
    await getBill(api);

    expect(vi.mocked(process.emitWarning).mock.calls).toEqual([
      [BILL, 'DeprecationWarning', 'FIRSTOFFICER_DEPRECATED'],
    ]);
  });

  test('is emitted once if two copies of the client are loaded', async () => {
    await getBill(createInvoices());
    vi.resetModules();
    const [copy, { serializeInput }] = await Promise.all([
      import('../src/operation.ts'),
      import('../src/serialize.ts'),
    ]);
    const send = copy.createOperationSender(OPTIONS, API);
    await send(serializeInput({ method: 'GET', path: '/v1/bills/{bill}', params: { path: { bill: 'inv_1' } } }));

    expect(copy.createOperationSender).not.toBe(createOperationSender);
    expect(process.emitWarning).toHaveBeenCalledOnce();
  });

  test('names each deprecated parameter that is sent', async () => {
    const api = createInvoices();
    await api.GET('/v1/invoices', { params: { query: { limit: 2 } } });
    expect(process.emitWarning).not.toHaveBeenCalled();

    const header = { 'x-language': 'de' } as object;
    await api.GET('/v1/invoices', { params: { query: { page_size: 2 }, header } });
    await api.GET('/v1/invoices', { params: { query: { page_size: 3 } } });
    expect(listMessages()).toEqual([PAGE_SIZE, LANGUAGE]);
  });

  test('contains neither the identifier nor the key', async () => {
    await getBill(createInvoices());

    expect(JSON.stringify(vi.mocked(process.emitWarning).mock.calls)).not.toMatch(/inv_1|sesame/);
  });

  test('is also emitted if the response is an error', async () => {
    const body = '{"error":{"code":"missing","message":"No."}}';
    const { error } = await getBill(createInvoices({ fetch: async () => new Response(body, { status: 404 }) }));

    expect(error).toBeDefined();
    expect(listMessages()).toEqual([BILL]);
  });

  test('goes to onDeprecation instead', async () => {
    const messages: string[] = [];
    await getBill(createInvoices({ onDeprecation: (message) => messages.push(message) }));

    expect(messages).toEqual([BILL]);
    expect(process.emitWarning).not.toHaveBeenCalled();
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('no');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no'))],
    ['never settles', () => new Promise(() => {})],
  ])('does not fail the call if onDeprecation %s', async (_, onDeprecation) => {
    expect(await getBill(createInvoices({ onDeprecation }))).toMatchObject({ data: { id: 'inv_1' } });
  });

  test('does not fail the call if the runtime cannot emit it', async () => {
    vi.mocked(process.emitWarning).mockImplementation(() => {
      throw new TypeError('Illegal invocation');
    });

    expect(await getBill(createInvoices())).toMatchObject({ data: { id: 'inv_1' } });
  });

  test('is printed on the console if the runtime has no emitWarning', async () => {
    vi.stubGlobal('process', undefined);
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    await getBill(createInvoices()).finally(() => vi.unstubAllGlobals());

    expect(warn).toHaveBeenCalledWith(BILL, 'DeprecationWarning', 'FIRSTOFFICER_DEPRECATED');
  });

  test('is emitted once for an operation that both the description and the response call deprecated', async () => {
    const headers = { Deprecation: '@1791763200', Sunset: 'Tue, 12 Oct 2027 00:00:00 GMT' };
    await getBill(createInvoices({ fetch: async () => new Response('{"id":"inv_1"}', { headers }) }));

    expect(listMessages()).toEqual([BILL]);
  });
});

describe('a client that is older than the deprecation', () => {
  const NAME = 'GET /v1/invoices/{invoice}';

  beforeEach(forgetWarnings);

  test.each([
    [
      { Deprecation: '@1793491200', Sunset: 'Mon, 01 Nov 2027 00:00:00 GMT' },
      ' since 2026-11-01, removed on 2027-11-01',
    ],
    [{ Deprecation: '@1793491200' }, ' since 2026-11-01'],
    [{ Deprecation: '@1793491200', Sunset: 'soon, YourTokenHere' }, ' since 2026-11-01'],
    // Drafts of RFC 9745 had this value.
    [{ Deprecation: 'true', Sunset: 'Mon, 01 Nov 2027 00:00:00 GMT' }, ', removed on 2027-11-01'],
    [{ Deprecation: '@99999999999999999999' }, ''],
  ])('warns of the headers %j', async (headers, dates) => {
    expect(await retrieveWith(headers)).toEqual([`${NAME}: deprecated${dates}.`]);
  });

  test.each([[{}], [{ Sunset: 'Mon, 01 Nov 2027 00:00:00 GMT' }]])(
    'does not warn of the headers %j',
    async (headers) => {
      expect(await retrieveWith(headers)).toEqual([]);
    },
  );

  test('does not warn of a path that the API does not have, which may contain an identifier', async () => {
    const messages: string[] = [];
    const { GET } = createAnswering({ Deprecation: '@1793491200' }, messages);
    await (GET as (path: string) => Promise<unknown>)('/v1/invoices/inv_1');

    expect(messages).toEqual([]);
  });

  test('warns before a call that fails', async () => {
    const messages: string[] = [];
    await catchError(getInvoice(createAnswering({ Deprecation: '@1793491200' }, messages, 410)));

    expect(messages).toEqual([`${NAME}: deprecated since 2026-11-01.`]);
  });

  /** Retrieves an invoice. The response has the headers. Returns the warnings. */
  async function retrieveWith(headers: Record<string, string>): Promise<string[]> {
    const messages: string[] = [];
    await getInvoice(createAnswering(headers, messages));
    return messages;
  }

  /** Creates an API whose responses have the headers. Adds the warnings to the messages. */
  function createAnswering(headers: Record<string, string>, messages: string[], status = 200) {
    return createInvoices({
      fetch: async () => new Response('{"id":"inv_1"}', { status, headers }),
      onDeprecation: (message) => messages.push(message),
    });
  }

  function getInvoice({ GET }: ReturnType<typeof createInvoices>) {
    return GET('/v1/invoices/{invoice}', { params: { path: { invoice: 'inv_1' } } });
  }
});

test('each operation and each parameter has a warning of its own', async () => {
  forgetWarnings();
  const messages: string[] = [];
  const warn = (name: string, sent: Record<string, unknown> = {}) => {
    const known = [
      ['limit is old.', 'query', 'limit'],
      ['page is old.', 'query', 'page'],
    ] as const;
    const call = { name, sent, response: new Response() };
    return warnOfDeprecations(call, known, (message) => messages.push(message));
  };
  await warn('GET /a', { query: { limit: 1 } });
  await warn('GET /a', { query: { limit: 2, page: 0 } });
  await warn('GET /b', { query: { limit: 3 } });
  await warn('GET /b', { header: { page: 1 }, query: { page: null } });

  expect(messages).toEqual(['GET /a: limit is old.', 'GET /a: page is old.', 'GET /b: limit is old.']);
});

const API = { serverUrl: SERVER_URL, operations: OPERATIONS };
const OPTIONS: Omit<ClientOptions, 'validate'> = {
  token: 'sesame',
  maxRetries: 0,
  fetch: async () => new Response('{"id":"inv_1"}'),
};

function createInvoices(options: Partial<typeof OPTIONS> = {}) {
  const sendOperation = createOperationSender({ ...OPTIONS, ...options }, API);
  return createApi<paths>((request) => sendOperation(serializeInput(request)));
}

function getBill({ GET }: ReturnType<typeof createInvoices>) {
  return GET('/v1/bills/{bill}', { params: { path: { bill: 'inv_1' } } });
}

function listMessages() {
  return vi.mocked(process.emitWarning).mock.calls.map(([message]) => message);
}

/** Makes the client emit each warning again. */
function forgetWarnings(): void {
  Reflect.deleteProperty(globalThis, Symbol.for('@firstofficer/client/deprecated'));
}

/** Returns the name of each declaration of a file that editors strike through, and the text that they show. */
async function listTags(file: string): Promise<(readonly [name: string, text: string])[]> {
  const text = await readFile(new URL(file, import.meta.url), 'utf8');
  const tags: (readonly [string, string])[] = [];
  const visit = (node: ts.Node): void => {
    const tag = ts.getJSDocDeprecatedTag(node);
    const name = ts.isPropertySignature(node) || ts.isMethodSignature(node) ? node.name : undefined;
    if (tag) {
      const label = name && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? name.text : '';
      tags.push([label, ts.getTextOfJSDocComment(tag.comment) ?? '']);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return tags;
}
