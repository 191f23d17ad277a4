import { createCommand, parsePort } from '@firstofficer/common/command';
import { Option } from 'commander';
import { type StartOptions, start } from './start.ts';
import { reportFailure } from './step.ts';

// The services end with this process: see cleanup.ts.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit());
// Nothing reads the output any longer: the terminal was closed, or the reader of a pipe has ended.
process.stdout.on('error', () => process.exit());

const options = createCommand('pnpm start')
  .description(
    'Starts the mock and retrieves a customer through the client. Then starts the API, and serves the docs once they are built. Runs until Ctrl-C.',
  )
  .addOption(portOption('--mock-port', 'the mock', 4010))
  .addOption(portOption('--api-port', 'the API', 3000).conflicts('api'))
  .addOption(portOption('--docs-port', 'the docs', 8080).conflicts('docs'))
  .option('--no-api', 'start without the API')
  .option('--no-docs', 'start without the docs')
  .option('--no-build', 'serve the docs as they were last built')
  .addHelpText('after', '\nExit codes: 0 stopped by Ctrl-C or a signal, 1 a step failed, 2 wrong usage.')
  .parse()
  .opts<StartOptions>();

try {
  await start(options);
} catch (error) {
  reportFailure(error);
  process.exit();
}

function portOption(flag: string, service: string, defaultPort: number): Option {
  return new Option(
    `${flag} <number>`,
    `port of ${service}; 0 selects a free one (default: ${defaultPort}, or a free one if it is taken)`,
  ).argParser(parsePort);
}
