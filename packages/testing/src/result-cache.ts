import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Row } from './summary.ts';
import { listTaskHashes } from './task-hashes.ts';

/** The results of packages whose tests have passed, so that they run again only after a change. */
export interface ResultCache {
  /** Returns the result of a package that has not changed since its tests passed. */
  find(name: string): Row | undefined;
  /** Stores the results of the packages whose tests have all passed. Removes those of the other packages. */
  save(rows: readonly Row[]): Promise<void>;
}

/** Options of {@link openResultCache}. */
export interface ResultCacheOptions {
  /** The file that contains the results. It does not exist before the first run. */
  readonly file: string;
  /** Returns a hash of everything that the tests of a package depend on, by the name of its folder. */
  listHashes(): Promise<ReadonlyMap<string, string>>;
}

/**
 * Opens a cache of test results.
 *
 * @example
 * const cache = await openResultCache({ file: 'node_modules/.cache/results/test.json', listHashes });
 * cache.find('client'); // { name: 'client', passed: 938, … }, or undefined if the tests have to run
 */
export async function openResultCache({ file, listHashes }: ResultCacheOptions): Promise<ResultCache> {
  const hashes = await listHashes();
  const known = await readResults(file);
  return {
    find(name) {
      const result = known[name];
      return result && result.hash === hashes.get(name) ? { ...result.row, seconds: 0, isCached: true } : undefined;
    },
    async save(rows) {
      // A package that changed while its tests ran has a result of neither state.
      const hashesAfter = await listHashes();
      const results = rows.flatMap((row) => {
        const hash = hashes.get(row.name);
        const hasPassed = row.passed > 0 && row.failed === 0 && row.skipped === 0;
        return hasPassed && hash !== undefined && hash === hashesAfter.get(row.name) ? [[row.name, { hash, row }]] : [];
      });
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, JSON.stringify(Object.fromEntries(results)));
    },
  };
}

type Results = Readonly<Partial<Record<string, { readonly hash: string; readonly row: Row }>>>;

async function readResults(file: string): Promise<Results> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    // There is no file yet, or an interrupted run has left a part of it.
    return {};
  }
}

/** Opens the cache of a workspace's results for a task of turbo: `test` or `test:matrix`. */
export function openWorkspaceCache(root: string, task: string): Promise<ResultCache> {
  return openResultCache({
    file: join(root, 'node_modules/.cache/test-results', `${task.replace(':', '-')}.json`),
    listHashes: () => listTaskHashes(root, task),
  });
}
