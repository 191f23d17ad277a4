import { createCommand, UsageError } from '@firstofficer/common/command';
import type { Command } from 'commander';
import { getSecretStatus, resetSecret, retireSecret, rotateSecret } from '../api-keys/rotation.ts';
import { SECRET_VARIABLES } from '../api-keys/secret-files.ts';
import { withDatabase } from '../database/open.ts';
import { printRows } from './format.ts';
import { createDataCommand, type DataFlags, EXIT, getLocation, jsonOption } from './options.ts';

export function createSecretCommand(): Command {
  return createCommand('secret')
    .description('Manages the secret that API keys are hashed with.')
    .addCommand(createStatusCommand())
    .addCommand(createRotateCommand())
    .addCommand(createRetireCommand())
    .addCommand(createResetCommand());
}

const toSecretLocation = ({ data }: DataFlags) => ({ directory: data, env: process.env });

function createStatusCommand(): Command {
  return createDataCommand('status', 'Lists the secrets by fingerprint, and how many active keys need each of them.')
    .addOption(jsonOption())
    .action(async ({ json, ...flags }: DataFlags & { json?: true }) => {
      const statuses = await withDatabase(getLocation(flags), (database) =>
        getSecretStatus(database, toSecretLocation(flags)),
      );
      printRows(statuses, {
        ...(json && { json }),
        head: ['SECRET', 'FINGERPRINT', 'ACTIVE KEYS', 'FOUND IN'],
        toCells: ({ secret, fingerprint, activeKeys, place }) => [
          secret,
          fingerprint.slice(0, 16),
          String(activeKeys),
          place ?? 'missing',
        ],
      });
    });
}

function createRotateCommand(): Command {
  return createDataCommand(
    'rotate',
    'Hashes new keys with a new secret. The keys of the previous secret stay valid until `secret retire`.',
  )
    .addHelpText(
      'after',
      '\nGenerates the new secret in the data directory. To keep secrets in variables, set\n' +
        `${SECRET_VARIABLES.current} to the new one and ${SECRET_VARIABLES.previous} to the present one first.`,
    )
    .action(async (flags: DataFlags) => {
      await withDatabase(getLocation(flags), (database) => rotateSecret(database, toSecretLocation(flags)));
      console.log('Rotated. Restart all servers with both secrets, then run: secret retire');
    });
}

function createRetireCommand(): Command {
  return createDataCommand('retire', 'Ends a rotation. Run it after all servers have been restarted with both secrets.')
    .option('--revoke-remaining', 'revoke the keys that still need the previous secret')
    .addHelpText(
      'after',
      '\nIf keys still need the previous secret, prints their IDs and exits with 1. From then on, servers move each key\n' +
        'to the new secret within 10 seconds after its next use. Run the command again later.',
    )
    .action(async ({ revokeRemaining = false, ...flags }: DataFlags & { revokeRemaining?: boolean }) => {
      const { remaining, revoked, isRotating } = await withDatabase(getLocation(flags), (database) =>
        retireSecret(database, toSecretLocation(flags), revokeRemaining),
      );
      if (!isRotating) return console.log('Nothing to do: the secret is not being rotated.');
      if (remaining.length === 0)
        return console.log(
          `Retired the previous secret. Revoked keys: ${revoked}. Remove ${SECRET_VARIABLES.previous}, if it is set.`,
        );
      for (const id of remaining) console.log(id);
      console.error(
        `firstofficer-api: Active keys that still need the previous secret: ${remaining.length}. A server moves each of them after its next use. Run the command again later, or pass --revoke-remaining.`,
      );
      process.exitCode = EXIT.failed;
      return undefined;
    });
}

function createResetCommand(): Command {
  return createDataCommand('reset', 'Revokes all keys and uses a new secret, if the secret was lost or stolen.')
    .option('--yes', 'confirm that all keys become invalid')
    .addHelpText(
      'after',
      `\nGenerates the new secret in the data directory, unless ${SECRET_VARIABLES.current} contains a new one.\n` +
        'Restart all servers afterwards, and create new keys.',
    )
    .action(async ({ yes, ...flags }: DataFlags & { yes?: true }) => {
      if (!yes) throw new UsageError('This revokes all API keys of all accounts. Pass --yes to confirm.');
      const revoked = await withDatabase(getLocation(flags), (database) =>
        resetSecret(database, toSecretLocation(flags)),
      );
      console.log(`Reset the secret. Revoked keys: ${revoked}. Restart all servers, and create new keys.`);
    });
}
