import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseError, toDatabaseError } from '../database/errors.ts';
import { openPrivate, protectFile } from '../database/files.ts';

/** The present secret, or the one before it, which is valid until a rotation ends. */
export type SecretName = 'current' | 'previous';

/** The environment variables that hold the secrets. */
export const SECRET_VARIABLES: Readonly<Record<SecretName, string>> = {
  current: 'FIRSTOFFICER_API_SECRET',
  previous: 'FIRSTOFFICER_API_SECRET_PREVIOUS',
};
/** Files of the data directory, which hold the secrets if the variables are not set. */
export const SECRET_FILES: Readonly<Record<SecretName, string>> = { current: 'secret', previous: 'secret.previous' };
const MIN_LENGTH = 32;

/** Where a secret is. */
export interface SecretSource {
  /** The variable, or the path of the file. */
  readonly place: string;
  readonly isVariable: boolean;
  /** Undefined if the file does not exist or is empty. */
  readonly text: string | undefined;
}

/** Where the secrets are. */
export interface SecretLocation {
  readonly directory: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Reads a secret from its variable, or else from its file.
 *
 * @param ignoresShortFile - Whether a file with a secret that is too short counts as empty.
 * @throws DatabaseError if the secret is too short, or the file cannot be read.
 */
export function readSecret(
  { directory, env }: SecretLocation,
  name: SecretName,
  ignoresShortFile = false,
): SecretSource {
  const variable = SECRET_VARIABLES[name];
  const given = env[variable];
  // An empty variable for the secret itself is a mistake. A template may leave the other one empty.
  const isVariable = given !== undefined && (given !== '' || name === 'current');
  const place = isVariable ? variable : join(directory, SECRET_FILES[name]);
  const text = isVariable ? given : readFile(place);
  if (text === undefined || text.length >= MIN_LENGTH) return { place, isVariable, text };
  if (ignoresShortFile && !isVariable) return { place, isVariable, text: undefined };
  throw new DatabaseError(
    'setting',
    `The secret in ${place} is too short. It must have at least ${MIN_LENGTH} characters. Write the complete secret there, or a new one if there are no keys yet. If it is lost, ${isVariable ? 'set a new one and ' : ''}run: secret reset`,
  );
}

function readFile(file: string): string | undefined {
  try {
    protectFile(file);
    return readFileSync(file, 'utf8').trim() || undefined;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new DatabaseError('forbidden', `The file ${file} cannot be read (${code}). Check its permissions.`, code);
  }
}

/** Generates a secret. */
export function generateSecret(): string {
  return randomBytes(32).toString('hex');
}

/**
 * Writes a secret to its file, and waits until the file is on the disk: no key is valid without it. A crash leaves the
 * old file or the new one.
 */
export function writeSecret({ directory }: SecretLocation, name: SecretName, text: string): void {
  const file = join(directory, SECRET_FILES[name]);
  const written = `${file}.new`;
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    rmSync(written, { force: true });
    const descriptor = openPrivate(written);
    try {
      writeFileSync(descriptor, `${text}\n`);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(written, file);
    syncDirectory(dirname(file));
  } catch (error) {
    const { fault, code } = toDatabaseError(error);
    const advice =
      fault === 'full' ? 'The disk is full. Free some space' : 'Check the permissions of the data directory';
    throw new DatabaseError(fault, `The file ${file} cannot be written (${code}). ${advice}.`, code);
  }
}

function syncDirectory(directory: string): void {
  // Windows cannot open directories.
  if (process.platform === 'win32') return;
  const descriptor = openSync(directory, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Deletes the file of the previous secret. */
export function deletePreviousSecret({ directory }: SecretLocation): void {
  rmSync(join(directory, SECRET_FILES.previous), { force: true });
}
