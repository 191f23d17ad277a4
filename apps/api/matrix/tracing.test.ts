import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { listenInTest } from '@firstofficer/common/testing';
import { describe, expect, test } from 'vitest';
import { parseKeyId } from '../src/api-keys/format.ts';
import { seed } from '../src/seed.ts';
import { isTracingEnabled } from '../src/server/tracing-settings.ts';
import { type Context, type DatabaseKind, databases, sqlite } from '../test/databases.ts';
import { startCommand, waitForExit } from '../test/run-command.ts';
import { authorize, retrieve } from '../test/running-api.ts';

/** A span as OTLP describes it in JSON. */
interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[];
}

/** Starts a collector that keeps the bodies that it receives. */
async function startCollector(context: Context, status = 200) {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    bodies.push(await text(request));
    response.writeHead(status, { 'Content-Type': 'application/json' }).end('{}');
  });
  return { url: (await listenInTest(context, server)).url, bodies };
}

const readSpans = (bodies: readonly string[]): OtlpSpan[] =>
  bodies.flatMap((body) =>
    JSON.parse(body).resourceSpans.flatMap(({ scopeSpans }: { scopeSpans: { spans: OtlpSpan[] }[] }) =>
      scopeSpans.flatMap(({ spans }) => spans),
    ),
  );

const readAttributes = ({ attributes }: OtlpSpan) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

/** Starts `serve` with seeded data and these variables, and collects its output. */
async function startServe(context: Context, kind: DatabaseKind, env: NodeJS.ProcessEnv, args: readonly string[] = []) {
  const location = await kind.create(context);
  const { key } = await seed(location, {});
  const server = startCommand(location, ['serve', '--port', '0', ...args], env);
  context.onTestFinished(() => void server.kill('SIGKILL'));
  let output = '';
  for (const stream of [server.stdout, server.stderr]) {
    stream.on('data', (data) => {
      output += data;
    });
  }
  let url: string | undefined;
  while (url === undefined) {
    await nextTurn();
    url = /ready on (\S+)/.exec(output)?.[1];
    expect(server.exitCode, output).toBeNull();
  }
  const stop = async () => {
    server.kill('SIGTERM');
    expect(await waitForExit(server)).toBe(0);
    return output;
  };
  return { url, key, stop, server };
}

// Prints the packages that the server loads.
const PRINT_PACKAGES = `import { registerHooks } from 'node:module';
registerHooks({
  resolve(name, context, next) {
    if (name.startsWith('@opentelemetry/')) console.error('loads', name);
    return next(name, context);
  },
});`;
const printPackages = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(PRINT_PACKAGES)}` };

describe.each(databases)('on $name', (kind) => {
  test('a server sends a span for each request and query, without keys, identifiers or targets', async (context) => {
    const collector = await startCollector(context);
    const { url, key, stop } = await startServe(context, kind, {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_SERVICE_NAME: 'customers',
    });
    const traceId = 'a'.repeat(32);
    const headers = { ...authorize(key), traceparent: `00-${traceId}-${'b'.repeat(16)}-01` };
    expect((await fetch(`${url}/v2/customers/cus_1234ABCD`, { headers })).status).toBe(200);
    expect((await retrieve(url, 'fo_wrong', 'jane@example.com')).status).toBe(401);
    expect((await retrieve(url, key, 'jane+unknown@example.com')).status).toBe(404);
    expect((await fetch(`${url}/unknown/jane?jane=1`, { headers: authorize(key) })).status).toBe(404);
    expect((await fetch(`${url}/v2/customers/%ZZ`, { headers: authorize(key) })).status).toBe(400);
    await stop();

    const spans = readSpans(collector.bodies);
    const requests = spans.filter(({ name }) => name.startsWith('GET'));
    const route = '/v2/customers/:customer';
    expect(requests.map(readAttributes)).toEqual([
      {
        'http.request.method': 'GET',
        'http.route': route,
        'http.response.status_code': 200,
        'firstofficer.account': 1,
      },
      { 'http.request.method': 'GET', 'http.route': route, 'http.response.status_code': 401 },
      {
        'http.request.method': 'GET',
        'http.route': route,
        'http.response.status_code': 404,
        'firstofficer.account': 1,
      },
      { 'http.request.method': 'GET', 'http.response.status_code': 404, 'firstofficer.account': 1 },
      { 'http.request.method': 'GET', 'http.response.status_code': 400, 'firstofficer.account': 1 },
    ]);
    const [first = expect.fail()] = requests;
    expect(first).toMatchObject({ traceId, parentSpanId: 'b'.repeat(16), name: `GET ${route}` });
    const queries = spans.filter(({ parentSpanId }) => parentSpanId === first.spanId).map(({ name }) => name);
    expect(new Set(queries)).toEqual(new Set(['SELECT api_keys', 'SELECT customers']));
    const sent = collector.bodies.join('');
    expect(sent).toContain('"customers"');
    for (const secret of [key, parseKeyId(key) ?? '', 'fo_wrong', 'cus_', 'jane', '%ZZ'])
      expect(sent).not.toContain(secret);
  });

  test('a server without the variables does not load the SDK of OpenTelemetry', async (context) => {
    const { url, key, stop } = await startServe(context, kind, printPackages);
    expect((await retrieve(url, key, 'cus_1234ABCD')).status).toBe(200);
    // prom-client loads the interface of OpenTelemetry, for exemplars.
    expect(await stop()).not.toMatch(/loads @opentelemetry\/(?!api)/);
  });
});

test('the test above would notice the SDK', async (context) => {
  const { stop } = await startServe(context, sqlite, { ...printPackages, OTEL_TRACES_EXPORTER: 'otlp' });
  expect(await stop()).toContain('loads @opentelemetry/sdk-trace');
});

test('the sampler of the variables is used', async (context) => {
  const collector = await startCollector(context);
  const { url, key, stop } = await startServe(context, sqlite, {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_TRACES_SAMPLER: 'traceidratio',
    OTEL_TRACES_SAMPLER_ARG: '0',
  });
  expect((await retrieve(url, key, 'cus_1234ABCD')).status).toBe(200);
  await stop();
  expect(collector.bodies).toEqual([]);
});

test.for<[string, NodeJS.ProcessEnv, string]>([
  ['the collector rejects the spans', {}, 'The collector of traces does not accept them'],
  ['the URL is invalid', { OTEL_EXPORTER_OTLP_ENDPOINT: 'secret@nowhere' }, 'OTEL_EXPORTER_OTLP_ENDPOINT is invalid'],
  ['the protocol is not supported', { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, 'which is not supported'],
  ['the exporter is not supported', { OTEL_TRACES_EXPORTER: 'zipkin' }, 'OTEL_TRACES_EXPORTER is not supported'],
])('the server works and its log says why it has no traces, if %s', async ([, env, fault], context) => {
  const collector = await startCollector(context, 400);
  const { url, key, stop } = await startServe(context, sqlite, { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, ...env });
  expect((await retrieve(url, key, 'cus_1234ABCD')).status).toBe(200);
  const output = await stop();
  expect(output).toContain(fault);
  expect(output).not.toContain('secret@nowhere');
});

test.for(['1', '2'])('a second signal does not wait for a collector, with %s workers', async (workers, context) => {
  const received = Promise.withResolvers<void>();
  // Never answers.
  const collector = await listenInTest(
    context,
    createServer(() => received.resolve()),
  );
  const { url, key, server } = await startServe(
    context,
    sqlite,
    {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_TIMEOUT: '600000',
      OTEL_BSP_EXPORT_TIMEOUT: '600000',
    },
    ['--workers', workers],
  );
  expect((await retrieve(url, key, 'cus_1234ABCD')).status).toBe(200);
  server.kill('SIGTERM');
  await received.promise;
  server.kill('SIGTERM');
  expect(await waitForExit(server)).toBe(0);
});

test.each<[NodeJS.ProcessEnv, boolean]>([
  [{}, false],
  [{ OTEL_SERVICE_NAME: 'x' }, false],
  [{ OTEL_TRACES_EXPORTER: '' }, false],
  [{ OTEL_TRACES_EXPORTER: 'otlp' }, true],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' }, true],
  [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://127.0.0.1:4318/v1/traces' }, true],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318', OTEL_TRACES_EXPORTER: 'none' }, false],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318', OTEL_SDK_DISABLED: 'TRUE' }, false],
])('with the variables %j, traces are on: %s', (env, isOn) => {
  expect(isTracingEnabled(env)).toBe(isOn);
});
