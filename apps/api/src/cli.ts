import { createCommand, UsageError } from '@firstofficer/common/command';
import { createAccountCommand } from './commands/account.ts';
import { createAuditCommand } from './commands/audit.ts';
import { createImportCommand } from './commands/import.ts';
import { createKeyCommand } from './commands/key.ts';
import { createMigrateCommand } from './commands/migrate.ts';
import { EXIT, EXIT_CODES_HELP } from './commands/options.ts';
import { createSecretCommand } from './commands/secret.ts';
import { createSeedCommand } from './commands/seed.ts';
import { createServeCommand, ListenError } from './commands/serve.ts';
import { DatabaseError, toDatabaseError } from './database/errors.ts';

const program = createCommand('firstofficer-api')
  .description("Runs a live server of FirstOfficer's Customers API, with data in SQLite or PostgreSQL.")
  .addHelpText('after', EXIT_CODES_HELP);
const commands = [
  createServeCommand(),
  createMigrateCommand(),
  createAccountCommand(),
  createKeyCommand(),
  createImportCommand(),
  createSeedCommand(),
  createSecretCommand(),
  createAuditCommand(),
];
for (const command of commands) program.addCommand(command);

try {
  await program.parseAsync();
} catch (error) {
  const { message, exitCode } = describeError(error);
  console.error(`firstofficer-api: ${message}`);
  process.exitCode = exitCode;
}

function describeError(error: unknown): { message: string; exitCode: number } {
  if (error instanceof ListenError) return { message: error.message, exitCode: EXIT.listen };
  if (error instanceof UsageError) return { message: error.message, exitCode: EXIT.usage };
  // All other errors with a code come from a database driver.
  const fault = error instanceof DatabaseError || 'code' in Object(error) ? toDatabaseError(error) : undefined;
  if (fault) return { message: `${fault.message}${getHint(fault)}`, exitCode: EXIT.database };
  return { message: error instanceof Error ? error.message : String(error), exitCode: EXIT.failed };
}

function getHint({ fault }: DatabaseError): string {
  const isRemote = Boolean(process.env.DATABASE_URL);
  return fault === 'unavailable' && isRemote ? ' Check DATABASE_URL, and check that PostgreSQL is running there.' : '';
}
