import type { Database } from '../database/database.ts';

/** Notes when keys are used. */
export interface LastUse {
  /** Notes that a key is used now. */
  record(keyId: string): void;
  /** Writes what was noted. What cannot be written now is kept for the next time. */
  flush(): Promise<void>;
}

/** Gathers uses in memory: a write for each request would cost more than the request. */
export function createLastUseRecorder({ query }: Database): LastUse {
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
