import type { RequestListener } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { describe, expect, type TestContext, test } from 'vitest';
import type { Check, Session } from '../../src/checks/check.ts';
import type { OperationExchange } from '../../src/request/operation-exchange.ts';
import type { RequestParts } from '../../src/request/operation-request.ts';
import { answering, localServer, rawServer } from '../local-server.ts';
import { createRunContext, findOperation, respondWithJson, runOn, SOME_CHECK } from './fixtures.ts';

const TOM = respondWithJson(() => ({ name: 'Tom' }));

const report = (session: Session, at: Parameters<Session['report']>[0], actual: string) =>
  session.report(at, { expected: 'something else', actual, specRef: [{}] });

describe('a request', () => {
  test.for<[string, RequestParts, object]>([
    [
      'has succeeding parameter values and the right key by default',
      {},
      {
        method: 'GET',
        url: '/v1/notes?limit=2',
        agent: 'firstofficer-contract (contract tests)',
        key: `Basic ${btoa('sk_secret:')}`,
        language: 'en',
      },
    ],
    [
      'has the given values, and no key if it is left out',
      { parameters: { starting_after: 'a/b' }, credentials: undefined },
      { url: '/v1/notes?limit=2&starting_after=a%2Fb', key: undefined },
    ],
  ])('%s', async ([, parts, expected], context) => {
    let received: unknown;
    await runOn(
      context,
      ({ method, url, headers }, response) => {
        const { authorization: key, 'user-agent': agent, 'x-language': language } = headers;
        received = { method, url, key, agent, language };
        response.end();
      },
      async (session) => void (await session.send(parts)),
    );

    expect(received).toMatchObject(expected);
  });

  test('is counted, with the coverage of its response', async (context) => {
    const outcome = await runOn(context, TOM, async (session) => {
      await session.send();
      await session.send();
      await session.sendRaw();
    });

    expect(outcome).toMatchObject({
      check: 'some_check',
      operation: 'listNotes',
      testCase: 'some test case',
      requests: 3,
      tallies: {
        listNotes: {
          requests: 3,
          checked: { some_check: 3, no_response: 2 },
          covered: { 'status 200': 2, 'security basicAuth': 2 },
        },
      },
      observations: [],
    });
  });

  test('is recorded with its response', async (context) => {
    const { exchanges } = await runOn(context, TOM, async (session) => void (await session.send()));

    expect(exchanges).toMatchObject([
      {
        operation: 'listNotes',
        testCase: 'some test case',
        method: 'GET',
        response: { status: 200, body: '{"name":"Tom"}' },
      },
    ]);
  });
});

test.for([
  ['text', Buffer.from('ä'), { requestBody: 'ä' }],
  ['other bytes', Buffer.from([0xff, 0x00]), { requestBody: '/wA=', requestEncoding: 'base64' }],
] as const)('a body of %s is sent and recorded unchanged', async ([, content, recorded], context) => {
  let received: Buffer | undefined;
  const { exchanges } = await runOn(
    context,
    async (request, response) => {
      received = await buffer(request);
      response.end();
    },
    async (session) => {
      await session.send({ method: 'PUT', body: { mediaType: 'application/octet-stream', content } });
    },
  );

  expect(received).toEqual(content);
  expect(exchanges).toMatchObject([recorded]);
});

describe('a request to another operation', () => {
  const toDeleteNote = async (server: RequestListener, context: TestContext) => {
    const deleteNote = findOperation(await createRunContext(), 'deleteNote');
    return runOn(
      context,
      server,
      async (session) => {
        await session.send();
        const exchange = await session.send({ parameters: { note: '7' } }, deleteNote);
        report(session, exchange, 'something');
      },
      { responseChecks: [{ ...SOME_CHECK, name: 'response_check', checkResponse: reportMethod }] },
    );
  };
  const reportMethod = ({ request, operation }: OperationExchange) => [
    { expected: 'nothing', actual: request.method, specRef: [operation.definition] as const },
  ];

  test('belongs to that operation, but the result of the check does not', async (context) => {
    const { requests, tallies, observations, exchanges } = await toDeleteNote(TOM, context);

    expect(requests).toBe(2);
    expect(tallies).toMatchObject({
      listNotes: { requests: 1, checked: { some_check: 2, response_check: 1 } },
      deleteNote: { requests: 1, checked: { response_check: 1 } },
    });
    expect(tallies.deleteNote?.checked).not.toHaveProperty('some_check');
    expect(observations.map(({ check, operation, actual }) => [check, operation, actual])).toEqual([
      ['response_check', 'listNotes', 'GET'],
      ['response_check', 'deleteNote', 'DELETE'],
      ['some_check', 'listNotes', 'something'],
    ]);
    expect(exchanges.map(({ operation }) => operation)).toEqual(['listNotes', 'deleteNote']);
  });

  test('that has no response is a finding of that operation', async (context) => {
    const { observations, tallies } = await toDeleteNote((request, response) => {
      if (request.method === 'DELETE') response.destroy();
      else TOM(request, response);
    }, context);

    expect(observations.filter(({ check }) => check === 'no_response')).toMatchObject([{ operation: 'deleteNote' }]);
    expect(tallies.deleteNote).toEqual({ requests: 1, checked: {}, covered: {}, statuses: {} });
  });
});

test('takes the total time of its requests', async (context) => {
  const clock = { time: 0 };
  const listener: RequestListener = (_, response) => {
    clock.time += 1000;
    response.end();
  };
  const run = async (session: Session) => {
    await session.send();
    clock.time += 500;
    await session.send();
  };

  expect(await runOn(context, listener, run, { clock: { now: () => clock.time, wait: async () => {} } })).toMatchObject(
    { durationMs: 2000 },
  );
});

describe('a response that asks for a pause', () => {
  const INSTANT = { now: () => 0, wait: async () => {} };

  /** Returns a listener that refuses requests before it answers with 200. */
  function refusing(status: number, times: number, headers: Readonly<Record<string, string>> = { 'Retry-After': '0' }) {
    let number = 0;
    return ((_, response) => {
      number += 1;
      response.writeHead(number <= times ? status : 200, number <= times ? headers : {}).end();
    }) satisfies RequestListener;
  }

  test.for([
    [429, 10],
    [503, 1],
  ] as const)('%i is followed by the same request, at most ten times', async ([status, times], context) => {
    const statuses: number[] = [];
    const send = async (session: Session) => void statuses.push((await session.send()).status);
    const { requests, skipped } = await runOn(context, refusing(status, times), send, { clock: INSTANT });

    expect({ statuses, requests, skipped }).toEqual({ statuses: [200], requests: times + 1, skipped: undefined });
  });

  test.for<[string, RequestListener]>([
    ['after ten pauses', refusing(429, 11)],
    ['if it asks for more than 30 seconds', refusing(429, 9, { 'Retry-After': '60' })],
  ])('429 ends the test case %s', async ([, listener], context) => {
    const run = async (session: Session) => {
      report(session, await session.send(), 'never');
    };
    const { observations, skipped } = await runOn(context, listener, run, { clock: INSTANT });

    expect(observations).toEqual([]);
    expect(skipped).toMatch(/^the target answered 429 to listNotes.* Pass a lower --rate$/);
  });
});

describe('every response', () => {
  const responseCheck: Check = {
    ...SOME_CHECK,
    name: 'response_check',
    checkResponse: ({ json: body, operation }) =>
      (body as { name: string }).name === 'Tom'
        ? [{ expected: 'no Tom', actual: 'Tom', specRef: [operation.definition, 'responses'] }]
        : [],
  };

  test('is checked by every response check', async (context) => {
    const { observations, tallies } = await runOn(context, TOM, async (session) => void (await session.send()), {
      responseChecks: [responseCheck],
    });

    expect(tallies.listNotes?.checked.response_check).toBe(1);
    expect(observations).toMatchObject([
      {
        check: 'response_check',
        severity: 'error',
        operation: 'listNotes',
        testCase: 'some test case',
        expected: 'no Tom',
        actual: 'Tom',
        spec: { pointer: '/paths/~1v1~1notes/get/responses' },
        curl: expect.stringMatching(/^curl .*\/v1\/notes\?limit=2'$/),
        kind: 'no Tom',
      },
    ]);
  });
});

describe('a request without a response', () => {
  test('is a finding and ends the test case', async (context) => {
    let isOver = true;
    const { observations, requests, skipped } = await runOn(
      context,
      (_, response) => response.destroy(),
      async (session) => {
        await session.send();
        isOver = false;
      },
    );

    expect(observations).toMatchObject([
      { check: 'no_response', severity: 'error', actual: 'the connection was dropped (ECONNRESET)' },
    ]);
    expect({ isOver, requests, skipped }).toEqual({ isOver: true, requests: 1, skipped: undefined });
  });

  test('is a finding also for raw requests', async (context) => {
    const url = await rawServer(context, answering('SSH-2.0\r\n'));
    const { observations } = await runOn(context, url, async (session) => void (await session.sendRaw()));

    expect(observations).toMatchObject([{ check: 'no_response', actual: 'bytes that are not HTTP' }]);
  });

  test('is recorded with the reason', async (context) => {
    const { exchanges } = await runOn(
      context,
      (_, response) => response.destroy(),
      async (session) => void (await session.send()),
    );

    expect(exchanges).toMatchObject([{ method: 'GET', failure: 'the connection was dropped (ECONNRESET)' }]);
    expect(exchanges[0]?.response).toBeUndefined();
  });

  test('is not counted if it was not sent because the run stopped', async (context) => {
    const url = 'http://127.0.0.1:9';
    const { requests, exchanges, skipped } = await runOn(context, url, async (session) => {
      for (let attempt = 0; attempt < 3; attempt += 1) await session.trial(async () => void (await session.send()));
      await session.send();
    });

    expect(skipped).toBe('the target is gone: nothing listens there (ECONNREFUSED)');
    expect(requests).toBe(3);
    expect(exchanges).toHaveLength(3);
  });
});

describe('a trial', () => {
  test('reports its observations only if keep is called', async (context) => {
    const { observations } = await runOn(context, TOM, async (session) => {
      const exchange = await session.send();
      const first = await session.trial(async () => report(session, exchange, 'first'));
      const second = await session.trial(async () => report(session, exchange, 'second'));
      expect([first.hasFailed, second.hasFailed]).toEqual([true, true]);
      second.keep();
    });

    expect(observations.map(({ actual }) => actual)).toEqual(['second']);
  });

  test('fails if there is no response', async (context) => {
    const url = await localServer(context, (_, response) => response.destroy());
    const { observations } = await runOn(context, url, async (session) => {
      const { hasFailed } = await session.trial(async () => void (await session.send()));
      expect(hasFailed).toBe(true);
    });

    expect(observations).toEqual([]);
  });

  test('does not fail for a note', async (context) => {
    await runOn(context, TOM, async (session) => {
      const exchange = await session.send();
      const note = await session.trial(async () =>
        session.report(exchange, { expected: '…', actual: '…', specRef: [{}], severity: 'note' }),
      );
      const nothing = await session.trial(async () => {});

      expect([note.hasFailed, nothing.hasFailed]).toEqual([false, false]);
    });
  });
});

test('throws an error of the check itself', async (context) => {
  const broken = runOn(context, TOM, async () => {
    throw new TypeError('oops');
  });

  await expect(broken).rejects.toThrow('oops');
});
