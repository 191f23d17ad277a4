import { Command } from 'commander';
import { accountCommand } from './commands/account.ts';
import { EXIT, EXIT_CODES_HELP } from './commands/exit-codes.ts';
import { importCommand } from './commands/import.ts';
import { keyCommand } from './commands/key.ts';
import { migrateCommand } from './commands/migrate.ts';
import { seedCommand } from './commands/seed.ts';
import { ListenError, serveCommand } from './commands/serve.ts';
import { DatabaseError, toDatabaseError } from './database/errors.ts';
import { UserError } from './user-error.ts';

const program = new Command('firstofficer-api')
  .description("A live server of FirstOfficer's Customers API, on SQLite or PostgreSQL.")
  .addCommand(serveCommand())
  .addCommand(migrateCommand())
  .addCommand(accountCommand())
  .addCommand(keyCommand())
  .addCommand(importCommand())
  .addCommand(seedCommand())
  .addHelpText('after', EXIT_CODES_HELP);

for (const command of [program, ...listSubcommands(program)]) {
  command
    .configureOutput({ outputError: (text, write) => write(removeValues(text)) })
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : EXIT.usage));
}

try {
  await program.parseAsync();
} catch (error) {
  const { message, exitCode } = describeError(error);
  console.error(`firstofficer-api: ${message}`);
  process.exitCode = exitCode;
}

function listSubcommands({ commands }: Command): Command[] {
  return commands.flatMap((command) => [command, ...listSubcommands(command)]);
}

/** Removes values from a message of Commander, which quotes unknown options and arguments. They may contain a key. */
function removeValues(message: string): string {
  return message.replace(/(--[^\s=']+)=[^']*/g, '$1=…').replace(/(but got \d+): .*/s, '$1.\n');
}

function describeError(error: unknown): { message: string; exitCode: number } {
  if (error instanceof UserError) return { message: error.message, exitCode: EXIT.failed };
  if (error instanceof ListenError) return { message: error.message, exitCode: EXIT.listen };
  // All other errors with a code come from a database driver.
  const fault = error instanceof DatabaseError || 'code' in Object(error) ? toDatabaseError(error) : undefined;
  if (fault) return { message: `${fault.message}${getHint(fault)}`, exitCode: EXIT.database };
  return { message: error instanceof Error ? error.message : String(error), exitCode: EXIT.failed };
}

function getHint({ fault }: DatabaseError): string {
  const isRemote = Boolean(process.env.DATABASE_URL);
  return fault === 'unavailable' && isRemote ? ' Check DATABASE_URL, and check that PostgreSQL is running there.' : '';
}
