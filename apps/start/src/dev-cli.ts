import { createCommand, resolvePath } from '@firstofficer/common/command';
import { dev } from './dev.ts';
import { createPortOption, DOCS_PORT, MOCK_PORT } from './ports.ts';
import { runProgram } from './run-program.ts';

const command = createCommand('pnpm dev')
  .description(
    "Starts the mock and a preview of the docs. When you save the spec, updates the client's types and validators, the mock and the docs. Runs until Ctrl-C.",
  )
  .addOption(createPortOption(MOCK_PORT))
  .addOption(createPortOption(DOCS_PORT))
  .option('--spec <file>', 'OpenAPI description to watch (default: spec/openapi.yaml)', resolvePath)
  .option(
    '--types <folder>',
    'folder of the types and validators (default: packages/client/src/generated)',
    resolvePath,
  )
  .addHelpText('after', '\nExit codes: 0 stopped by Ctrl-C or a signal, 1 a service cannot start, 2 wrong usage.');

await runProgram(command, dev);
