import { hostname, userInfo } from 'node:os';
import type { Kysely, Selectable } from 'kysely';
import type { AuditLogTable, Database, Schema } from './database/database.ts';

/** A change that a command made. It contains no keys, names, identifiers of customers or email addresses. */
export interface Change {
  /** The command, such as `key revoke`. */
  readonly command: string;
  readonly accountId?: number;
  /** What was changed, such as the ID of a key. */
  readonly subject?: string;
  /** Counts and settings. */
  readonly details?: Readonly<Record<string, string | number | boolean | null>>;
}

/**
 * Adds a change to the audit log.
 *
 * @param db - The transaction of the change, so that neither exists without the other.
 * @example
 * await recordChange(db, { command: 'import', accountId, details: { imported, removed } });
 */
export async function recordChange(
  db: Kysely<Schema>,
  { command, accountId, subject, details = {} }: Change,
): Promise<void> {
  await db
    .insertInto('audit_log')
    .values({
      at: Date.now(),
      actor: getActor(),
      command,
      account_id: accountId ?? null,
      subject: subject ?? null,
      details: JSON.stringify(details),
    })
    .execute();
}

/** Returns the user of the operating system and the host. */
function getActor(): string {
  return `${getUserName()}@${hostname()}`;
}

function getUserName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run as a user ID that has no name.
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}

/** Which changes {@link listChanges} returns. */
export interface ChangeFilter {
  readonly accountId?: number;
  /** The earliest time in milliseconds since 1970. */
  readonly since?: number;
}

/** Returns changes, oldest first. */
export async function listChanges(
  { query }: Database,
  { accountId, since }: ChangeFilter = {},
): Promise<Selectable<AuditLogTable>[]> {
  let changes = query.selectFrom('audit_log').selectAll().orderBy('id');
  if (accountId !== undefined) changes = changes.where('account_id', '=', accountId);
  if (since !== undefined) changes = changes.where('at', '>=', since);
  return changes.execute();
}
