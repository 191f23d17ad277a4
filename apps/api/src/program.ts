import { createCommand } from '@firstofficer/common/command';
import type { Command } from 'commander';
import { createAccountCommand } from './commands/account.ts';
import { createAuditCommand } from './commands/audit.ts';
import { createBackupCommand } from './commands/backup.ts';
import { createCustomerCommand } from './commands/customer.ts';
import { createImportCommand } from './commands/import.ts';
import { createKeyCommand } from './commands/key.ts';
import { createMigrateCommand } from './commands/migrate.ts';
import { EXIT_CODES_HELP } from './commands/options.ts';
import { createRestoreCommand } from './commands/restore.ts';
import { createSecretCommand } from './commands/secret.ts';
import { createSeedCommand } from './commands/seed.ts';
import { createServeCommand } from './commands/serve.ts';
import { createSnapshotCommand } from './commands/snapshot.ts';
import { createSyncCommand } from './commands/sync.ts';

/** Creates the command `firstofficer-api` with all its subcommands. */
export function createProgram(): Command {
  const program = createCommand('firstofficer-api')
    .description("Runs a live server of FirstOfficer's Customers API, with data in SQLite or PostgreSQL.")
    .addHelpText('after', EXIT_CODES_HELP);
  const commands = [
    createServeCommand(),
    createMigrateCommand(),
    createAccountCommand(),
    createKeyCommand(),
    createImportCommand(),
    createSyncCommand(),
    createCustomerCommand(),
    createSnapshotCommand(),
    createSeedCommand(),
    createSecretCommand(),
    createBackupCommand(),
    createRestoreCommand(),
    createAuditCommand(),
  ];
  for (const command of commands) program.addCommand(command);
  return program;
}
