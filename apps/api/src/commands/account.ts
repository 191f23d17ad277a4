import { createCommand } from '@firstofficer/common/command';
import type { Command } from 'commander';
import { createCreateCommand } from './account/create.ts';
import { createListCommand } from './account/list.ts';
import { createRenameCommand } from './account/rename.ts';
import { createSetCommand } from './account/set.ts';
import { createShowCommand } from './account/show.ts';

export function createAccountCommand(): Command {
  return createCommand('account')
    .description('Manages accounts. Each account has its own customers and API keys.')
    .addCommand(createCreateCommand())
    .addCommand(createListCommand())
    .addCommand(createRenameCommand())
    .addCommand(createShowCommand())
    .addCommand(createSetCommand());
}
