import { buildDocs } from './build-docs.ts';
import { temporaryFolder } from './cleanup.ts';
import { formatAddress, formatSummary, reportFailure, runStep } from './output.ts';
import { API_PORT, checkPorts, DOCS_PORT, MOCK_PORT, startOnPort } from './ports.ts';

/** Options of `pnpm start`. */
export interface StartOptions {
  readonly mockPort?: number;
  readonly apiPort?: number;
  readonly docsPort?: number;
  /** Whether to start the API. */
  readonly api: boolean;
  /** Whether to serve the docs. */
  readonly docs: boolean;
  /** Whether to build the docs before they are served. */
  readonly build: boolean;
}

/**
 * Starts the mock and shows a customer, then starts the API and serves the docs. They run until this process ends.
 *
 * Packages are imported in the step that needs them, and the docs are built in the background, so that the customer
 * appears as soon as possible.
 *
 * A failure of the docs is reported, and everything else keeps running.
 *
 * @throws Error that says which step failed and what to do.
 * @example
 * await start({ api: true, docs: false, build: false });
 */
export async function start(options: StartOptions): Promise<void> {
  const mockPort = { ...MOCK_PORT, requested: options.mockPort };
  const apiPort = { ...API_PORT, requested: options.apiPort };
  const docsPort = { ...DOCS_PORT, requested: options.docsPort };
  await checkPorts([mockPort, apiPort, docsPort]);

  const buildStartedAt = performance.now();
  const built = options.docs && options.build ? buildDocs() : undefined;
  // A build that fails is reported in its step below.
  built?.catch(() => undefined);

  const { mock, token, createClient, example } = await runStep({
    title: 'Starting the mock',
    hint: 'If you changed spec/openapi.yaml, run: npx -y pnpm@12 --filter @firstofficer/spec lint',
    run: async () => {
      const [{ startMock, DEFAULT_TOKEN: token }, { createClient }, example] = await Promise.all([
        import('@firstofficer/mock'),
        import('@firstofficer/client'),
        readFirstExample(),
      ]);
      const mock = await startOnPort((port) => startMock({ port }), mockPort);
      return { mock, token, createClient, example };
    },
  });

  const customer = await runStep({
    title: `Retrieving ${example.identifier} through the client`,
    hint: 'If you changed spec/openapi.yaml, run: npx -y pnpm@12 contract',
    // The user of this command cannot change the call, so a warning of a deprecation would not help.
    run: () =>
      createClient({ token, baseUrl: mock.url, onDeprecation: () => {} }).customers.retrieve(example.identifier),
  });
  console.log(customer);

  // The docs start after the API, so their origins are added later.
  const docsOrigins = new Set<string>();
  const api = options.api
    ? await runStep({
        title: 'Starting the API',
        hint: 'To start without the API, pass --no-api.',
        run: async () => {
          const { seed, startApi } = await import('@firstofficer/api');
          // Temporary data, never the database that DATABASE_URL names.
          const database = { directory: temporaryFolder() };
          const env = {};
          const { key } = await seed(database, env);
          return {
            key,
            ...(await startOnPort((port) => startApi({ database, port, env, allowOrigins: docsOrigins }), apiPort)),
          };
        },
      })
    : undefined;

  console.log(formatSummary({ mock: { ...mock, key: token }, api, path: example.path }));

  if (!options.docs) return;
  try {
    const docs = await runStep({
      title: built ? 'Building the docs in the background' : 'Serving the docs',
      hint: 'Everything else keeps running. To start without the docs, pass --no-docs.',
      startedAt: built && buildStartedAt,
      run: async () => {
        await built;
        const { serveDocs } = await import('@firstofficer/docs');
        return startOnPort((port) => serveDocs({ port }), docsPort);
      },
    });
    docsOrigins.add(docs.url).add(docs.url.replace('127.0.0.1', 'localhost'));
    console.log(formatAddress('Docs', docs));
  } catch (error) {
    reportFailure('pnpm start', error);
  }
}

/** The operation that `customers.retrieve` of the client calls. */
const OPERATION = 'retrieveCustomer';

/** Returns the identifier and the path of the first example customer in the description. */
export async function readFirstExample(): Promise<{ identifier: string; path: string }> {
  const { fillPath, findExamplePairs, loadDescription } = await import('@firstofficer/openapi');
  const { operations } = await loadDescription(new URL(import.meta.resolve('@firstofficer/spec/openapi.yaml')));
  const operation = operations.find(({ id }) => id === OPERATION);
  const pair = operation && findExamplePairs(operation).find(({ status }) => status === '200');
  const [identifier] = Object.values(pair?.parameters ?? {});
  if (!pair || identifier === undefined)
    throw new Error(`spec/openapi.yaml has no example pair for ${OPERATION} and 200.`);
  return { identifier, path: fillPath(operation.path, pair.parameters) };
}
