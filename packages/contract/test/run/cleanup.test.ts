import { expect, type TestContext, test } from 'vitest';
import { type RunOptions, runContract, verifyContract } from '../../src/run/run.ts';
import { startContract } from '../contract-command.ts';
import { createThingsServer, THINGS, type ThingsServer } from '../state/things-server.ts';
import { type Answer, type ReceivedRequest, startAnswering, writeDescription } from '../verify.ts';

/** The things that the server has before the run. */
const FOREIGN = [1, 2, 3];

async function start(
  context: TestContext,
  answer?: (server: ThingsServer, request: ReceivedRequest) => Answer | undefined,
) {
  const server = createThingsServer();
  const url = await startAnswering(context, (request) => answer?.(server, request) ?? server.answer(request));
  const spec = await writeDescription(context, THINGS);
  const options: RunOptions = { target: { url }, spec, seed: 1, generated: 0 };
  return { ...server, url, spec, options };
}

test('a run deletes the objects that it created if the caller leaves its loop', async (context) => {
  const { things, options } = await start(context);
  for await (const { type } of runContract(options)) if (type === 'test-case-finished' && things.size > 4) break;

  expect([...things.keys()]).toEqual(FOREIGN);
});

test('a run deletes the objects that it created if a caller throws', async (context) => {
  const { things, options } = await start(context);
  let calls = 0;
  const shouldRun = () => {
    calls += 1;
    if (calls > 60) throw new Error('a mistake of the caller');
    return true;
  };

  await expect(verifyContract({ ...options, shouldRun })).rejects.toThrow('a mistake of the caller');
  expect([...things.keys()]).toEqual(FOREIGN);
});

test('an aborted run deletes the objects that it created and returns its report', async (context) => {
  const controller = new AbortController();
  const { things, options } = await start(context, (server) => {
    if (server.things.size > 6) controller.abort();
    return undefined;
  });
  const report = await verifyContract({ ...options, signal: controller.signal });

  expect(report).toMatchObject({ stopped: 'the run was interrupted', remaining: [] });
  expect([...things.keys()]).toEqual(FOREIGN);
});

test.for([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('a command that gets %s deletes the objects that it created', async ([signal, exitCode], context) => {
  let interrupt: (() => void) | undefined;
  const { things, url, spec } = await start(context, (server) => {
    if (server.things.size > 5) interrupt?.();
    return undefined;
  });
  const child = startContract(['--url', url, '--spec', spec]);
  interrupt = () => {
    interrupt = undefined;
    child.kill(signal);
  };
  let errors = '';
  child.stderr.on('data', (text) => {
    errors += text;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));

  expect(errors).toContain('the run was interrupted');
  expect(code).toBe(exitCode);
  expect([...things.keys()]).toEqual(FOREIGN);
});

test('the report contains the objects that the target does not delete', async (context) => {
  const { options } = await start(context, (server, request) =>
    request.method === 'DELETE' ? { status: 500 } : server.answer(request),
  );
  const { remaining } = await verifyContract({ ...options, only: ['created_retrievable'] });

  expect(remaining).toEqual(['/things/5', '/things/4']);
});
