import { Command } from 'commander';
import { accountCommand } from './commands/account.ts';
import { EXIT, EXIT_CODES_HELP } from './commands/exit-codes.ts';
import { importCommand } from './commands/import.ts';
import { keyCommand } from './commands/key.ts';
import { migrateCommand } from './commands/migrate.ts';
import { seedCommand } from './commands/seed.ts';
import { ListenError, serveCommand } from './commands/serve.ts';
import { DatabaseError, databaseError } from './database/errors.ts';
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

for (const command of [program, ...descendants(program)]) {
  command
    .configureOutput({ outputError: (text, write) => write(withoutValues(text)) })
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : EXIT.usage));
}

try {
  await program.parseAsync();
} catch (error) {
  const { message, exitCode } = explain(error);
  console.error(`firstofficer-api: ${message}`);
  process.exitCode = exitCode;
}

function descendants({ commands }: Command): Command[] {
  return commands.flatMap((command) => [command, ...descendants(command)]);
}

/** Commander repeats what it cannot place, which may be a key. */
function withoutValues(message: string): string {
  return message.replace(/(--[^\s=']+)=[^']*/g, '$1=…').replace(/(but got \d+): .*/s, '$1.\n');
}

function explain(error: unknown): { message: string; exitCode: number } {
  if (error instanceof UserError) return { message: error.message, exitCode: EXIT.failed };
  if (error instanceof ListenError) return { message: error.message, exitCode: EXIT.listen };
  // Whatever else has a code comes from a driver.
  const fault = error instanceof DatabaseError || 'code' in Object(error) ? databaseError(error) : undefined;
  if (fault) return { message: `${fault.message}${hint(fault)}`, exitCode: EXIT.database };
  return { message: error instanceof Error ? error.message : String(error), exitCode: EXIT.failed };
}

function hint({ fault }: DatabaseError): string {
  const isRemote = Boolean(process.env.DATABASE_URL);
  return fault === 'unavailable' && isRemote ? ' Check DATABASE_URL, and that PostgreSQL runs there.' : '';
}
