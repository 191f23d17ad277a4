import { createCommand } from '@firstofficer/common/command';
import { API_PORT, createPortOption, DOCS_PORT, MOCK_PORT } from './ports.ts';
import { runProgram } from './run-program.ts';
import { start } from './start.ts';

const command = createCommand('pnpm start')
  .description(
    'Starts the mock, retrieves a customer with the client, starts the API, and builds and serves the docs. Runs until Ctrl-C.',
  )
  .addOption(createPortOption(MOCK_PORT))
  .addOption(createPortOption(API_PORT).conflicts('api'))
  .addOption(createPortOption(DOCS_PORT).conflicts('docs'))
  .option('--no-api', 'start without the API')
  .option('--no-docs', 'start without the docs')
  .option('--no-build', 'serve the docs from their last build')
  .addHelpText('after', '\nExit codes: 0 stopped by Ctrl-C or a signal, 1 a step failed, 2 wrong usage.');

await runProgram(command, start);
