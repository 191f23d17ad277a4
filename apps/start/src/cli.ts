import { createCommand } from '@firstofficer/common/command';
import { endOnSignals } from './cleanup.ts';
import { reportFailure } from './output.ts';
import { createPortOption } from './ports.ts';
import { type StartOptions, start } from './start.ts';

endOnSignals();
const options = createCommand('pnpm start')
  .description(
    'Starts the mock, retrieves a customer with the client, starts the API, and builds and serves the docs. Runs until Ctrl-C.',
  )
  .addOption(createPortOption('--mock-port', 'the mock', 4010))
  .addOption(createPortOption('--api-port', 'the API', 3000).conflicts('api'))
  .addOption(createPortOption('--docs-port', 'the docs', 8080).conflicts('docs'))
  .option('--no-api', 'start without the API')
  .option('--no-docs', 'start without the docs')
  .option('--no-build', 'serve the docs from their last build')
  .addHelpText('after', '\nExit codes: 0 stopped by Ctrl-C or a signal, 1 a step failed, 2 wrong usage.')
  .parse()
  .opts<StartOptions>();

try {
  await start(options);
} catch (error) {
  reportFailure('pnpm start', error);
  process.exit();
}
