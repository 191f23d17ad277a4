import { createCommand, resolvePath } from '@firstofficer/common/command';
import { endOnSignals } from './cleanup.ts';
import { type DevOptions, dev } from './dev.ts';
import { reportFailure } from './output.ts';
import { createPortOption } from './ports.ts';

endOnSignals();
const options = createCommand('pnpm dev')
  .description(
    "Starts the mock and a preview of the docs. When you save the spec, updates the client's types and validators, the mock and the docs. Runs until Ctrl-C.",
  )
  .addOption(createPortOption('--mock-port', 'the mock', 4010))
  .addOption(createPortOption('--docs-port', 'the docs', 8080))
  .option('--spec <file>', 'OpenAPI description to watch (default: spec/openapi.yaml)', resolvePath)
  .option(
    '--types <folder>',
    'folder of the types and validators (default: packages/client/src/generated)',
    resolvePath,
  )
  .addHelpText('after', '\nExit codes: 0 stopped by Ctrl-C or a signal, 1 a service cannot start, 2 wrong usage.')
  .parse()
  .opts<DevOptions>();

try {
  await dev(options);
} catch (error) {
  reportFailure('pnpm dev', error);
  process.exit();
}
