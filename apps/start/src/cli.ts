import { createClient } from '@firstofficer/client';
import { serveDocs } from '@firstofficer/docs';
import { DEFAULT_TOKEN, startMock } from '@firstofficer/mock';
import { Command, InvalidArgumentError } from 'commander';
import { startSeededApi } from './api.ts';
import { buildWorkspace } from './build.ts';
import { firstExample } from './example.ts';
import { startOnFreePort } from './first-free.ts';
import { formatSummary } from './summary.ts';

const EXIT = { failed: 1, usage: 2 } as const;

interface Flags {
  readonly apiPort?: number;
  readonly mockPort?: number;
  readonly docsPort?: number;
  readonly build: boolean;
}

const flags = new Command('pnpm start')
  .description('Builds the workspace, starts mock, API and docs, and retrieves a customer through the client.')
  .option('--api-port <number>', 'port of the API; 0 takes a free one (default: 3000, or a free one)', parsePort)
  .option('--mock-port <number>', 'port of the mock; 0 takes a free one (default: 4010, or a free one)', parsePort)
  .option('--docs-port <number>', 'port of the docs; 0 takes a free one (default: 8080, or a free one)', parsePort)
  .option('--no-build', 'use what was built before')
  .addHelpText('after', '\nExit codes: 0 stopped, 1 could not start, 2 wrong usage.')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : EXIT.usage))
  .parse()
  .opts<Flags>();

try {
  await start(flags);
} catch (error) {
  console.error(`\npnpm start: ${explain(error)}`);
  process.exit(EXIT.failed);
}

async function start({ apiPort, mockPort, docsPort, build }: Flags): Promise<void> {
  if (build) {
    step('Building the workspace');
    await buildWorkspace();
  }

  step('Starting mock, API and docs');
  const mock = await startOnFreePort((port) => startMock({ port }), { asked: mockPort, usual: 4010 });
  const api = await startOnFreePort(startSeededApi, { asked: apiPort, usual: 3000 });
  const docs = await startOnFreePort((port) => serveDocs({ port }), { asked: docsPort, usual: 8080 });
  const stop = () => void Promise.all([mock, api, docs].map(({ service }) => service.close()));
  process.once('SIGINT', stop).once('SIGTERM', stop);

  const { identifier, path } = await firstExample();
  step(`Retrieving ${identifier} through the client`);
  const { customers } = createClient({ token: DEFAULT_TOKEN, baseUrl: mock.service.url });
  console.log(await customers.retrieve(identifier));

  const taken = [mock.taken, api.taken, docs.taken].filter((port) => port !== undefined);
  console.log(
    formatSummary({
      mock: mock.service.url,
      api: api.service.url,
      docs: docs.service.url,
      token: DEFAULT_TOKEN,
      key: api.service.key,
      path,
      taken,
    }),
  );
}

function step(what: string): void {
  console.log(`\n› ${what}`);
}

function parsePort(value: string): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number > 65_535) throw new InvalidArgumentError('It must be a number from 0 to 65535.');
  return number;
}

function explain(error: unknown): string {
  const { code, port, message } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE')
    return `port ${port} is taken. Leave the option out, or give it another port (0: a free one).`;
  return message;
}
