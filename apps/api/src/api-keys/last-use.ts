import type { Database } from '../database/database.ts';

/** Records when keys are used. */
export interface LastUseRecorder {
  /** Records that a key is used now. */
  record(keyId: string): void;
  /** Writes the recorded times to the database. Keeps those that cannot be written for the next call. */
  flush(): Promise<void>;
}

/** Creates a recorder that collects times in memory, because a write per request would take longer than the request. */
export function createLastUseRecorder({ query }: Database): LastUseRecorder {
  const uses = new Map<string, number>();
  return {
    record: (keyId) => void uses.set(keyId, Date.now()),
    async flush() {
      for (const [id, last_used_at] of [...uses]) {
        uses.delete(id);
        try {
          await query.updateTable('api_keys').set({ last_used_at }).where('id', '=', id).execute();
        } catch {
          if (!uses.has(id)) uses.set(id, last_used_at);
        }
      }
    },
  };
}
