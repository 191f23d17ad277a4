import type { RequestListener } from 'node:http';
import { expect, type TestContext, test } from 'vitest';
import { type RunEvent, type RunOptions, runContract } from '../../src/run/run.ts';
import { localServer } from '../local-server.ts';
import { NOTES } from '../other-apis/notes-server.ts';

const TOKEN = 'sk_secret';

/** Returns the options of a run against a server that answers every request alike. */
async function optionsFor(context: TestContext, listener: RequestListener, more: RunOptions = {}): Promise<RunOptions> {
  const url = await localServer(context, listener);
  return { target: { url, token: TOKEN }, spec: NOTES, seed: 1, generated: 5, ...more };
}

async function eventsOf(options: RunOptions): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of runContract(options)) events.push(event);
  return events;
}

test('yields the start, the violations before their test case, and the report', async (context) => {
  const options = await optionsFor(context, (_, response) => response.writeHead(500).end(), {
    only: ['example_conformance'],
    filter: /^listNotes /,
  });
  const [started, ...events] = await eventsOf(options);
  const last = events.pop();

  expect(started).toMatchObject({ type: 'run-started', target: options.target?.url, seed: 1 });
  expect(started).toMatchObject({ checks: ['example_conformance'], testCases: [{}, {}, {}] });
  expect(events.map(({ type }) => type)).toEqual([
    'test-case-finished',
    ...['violation', 'test-case-finished'],
    ...['violation', 'test-case-finished'],
  ]);
  expect(last).toMatchObject({ type: 'run-finished', report: { requests: 3 } });
});

test('yields the exchanges of each test case', async (context) => {
  const only = ['example_conformance'];
  const events = await eventsOf(await optionsFor(context, (_, response) => response.end(), { only }));
  const finished = events.filter((event) => event.type === 'test-case-finished');

  expect(finished.length).toBeGreaterThan(0);
  for (const { outcome, exchanges } of finished) expect(exchanges).toHaveLength(outcome.requests);
});

test('sends no unsafe request before the last safe one has its response', async (context) => {
  const log: string[] = [];
  const listener: RequestListener = ({ method = '' }, response) => {
    log.push(method);
    setTimeout(() => {
      log.push(method);
      response.end();
    }, 5);
  };
  // This check sends only the methods of the operations.
  await eventsOf(await optionsFor(context, listener, { only: ['example_conformance'], concurrency: 8 }));
  const firstUnsafe = log.findIndex((method) => method !== 'GET');

  expect(firstUnsafe).toBeGreaterThan(0);
  expect(log.slice(firstUnsafe)).not.toContain('GET');
});

test('stops and closes the connection when the caller leaves its loop', async (context) => {
  let received = 0;
  const sockets = new Set();
  const options = await optionsFor(context, ({ socket }, response) => {
    received += 1;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    response.writeHead(500).end();
  });
  for await (const { type } of runContract(options)) if (type === 'violation') break;
  await expect.poll(() => sockets.size).toBe(0);

  // At most the test cases that ran at the same time sent a request.
  expect(received).toBeLessThanOrEqual(8);
});

test('runs the test cases of the first check first', async (context) => {
  const options = await optionsFor(context, (_, response) => response.end(), { first: 'repeatability' });
  for await (const event of runContract(options)) {
    if (event.type !== 'run-started') continue;
    const names = event.testCases.filter(({ operation }) => operation.method === 'GET').map(({ check }) => check.name);
    expect(new Set(names).values().next().value).toBe('repeatability');
    break;
  }
  expect.hasAssertions();
});

test('leaves out test cases that should not run', async (context) => {
  const options = await optionsFor(context, (_, response) => response.end(), {
    shouldRun: ({ check }) => check.name === 'ignored_auth',
  });
  const finished = (await eventsOf(options)).filter((event) => event.type === 'test-case-finished');

  expect(new Set(finished.map(({ outcome }) => outcome.check))).toEqual(new Set(['ignored_auth']));
});
