import { createCommand } from '@firstofficer/common/command';
import { addOptions } from './cli/options.ts';

const command = addOptions(createCommand('firstofficer-contract'))
  .description(
    'Tests whether a server conforms to an OpenAPI description. Without --url, it starts a mock server and tests it.',
  )
  .addHelpText(
    'after',
    `
If the server does not serve the examples of the description, pass values for which the operations succeed: --parameter for
any API, --customer or --customers for the Customers API.

Exit codes: 0 passed, 1 failed, 2 wrong usage, 3 target unreachable, 4 a report cannot be written.`,
  )
  .action(async () => {
    // Loaded late, so that --help does not wait for Ajv and the checks.
    const { runCommand } = await import('./cli/run-command.ts');
    process.exitCode = await runCommand(command);
  });
command
  .command('list')
  .description('Prints all checks with their severity and rationale.')
  .action(async () => {
    const { listChecks } = await import('./cli/list.ts');
    process.stdout.write(listChecks());
  });
await command.parseAsync();
