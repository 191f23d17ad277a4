import { isDeepStrictEqual } from 'node:util';
import type { Descriptions } from '../gate/compare.ts';
import type { GateResult } from '../gate/gate.ts';
import type { ClientRun } from './clients.ts';
import { listDifferences } from './differences.ts';
import type { Mention, PageChange } from './pages.ts';
import type { TypeChanges } from './types.ts';
import { describeChanges, type Sentence } from './words.ts';

/**
 * What the changes of a description mean for users.
 *
 * @example
 * const { sentences }: Impact = await findImpact(descriptions, gate, { shouldRunClients: false });
 */
export interface Impact {
  readonly sentences: readonly Sentence[];
  readonly types: TypeChanges;
  /** The reference pages that change. */
  readonly pages: readonly PageChange[];
  /** Where guides and code samples mention names that the revision no longer has. */
  readonly mentions: readonly Mention[];
  /** Undefined if the clients did not run. */
  readonly clients: readonly ClientRun[] | undefined;
  /** What to correct if tests of a client fail although the major version stays. */
  readonly problems: readonly string[];
}

/** Options of {@link findImpact}. */
export interface ImpactOptions {
  /** Whether to run the tests of the previous and the new client, which takes about 10 seconds. */
  readonly shouldRunClients: boolean;
}

/**
 * Finds what the changes between two descriptions mean for users.
 *
 * @param gate - The rated changes of the same descriptions.
 * @throws Error if the revision cannot be rendered or generated, or if the tests cannot run.
 * @example
 * const { pages } = await findImpact(descriptions, await checkVersion(descriptions), { shouldRunClients: true });
 */
export async function findImpact(
  descriptions: Descriptions,
  { documents, comparison, versions }: Pick<GateResult, 'documents' | 'comparison' | 'versions'>,
  { shouldRunClients }: ImpactOptions,
): Promise<Impact> {
  const nothing = { sentences: [], types: NO_TYPES, pages: [], mentions: [], clients: undefined, problems: [] };
  if (isDeepStrictEqual(documents.base, documents.revision)) return nothing;
  // Loaded only if something has changed, because the generator of the client takes half a second to load.
  const [{ runClients }, { comparePages, findMentions }, { compareTypes }] = await Promise.all([
    import('./clients.ts'),
    import('./pages.ts'),
    import('./types.ts'),
  ]);
  const [types, mentions] = await Promise.all([
    compareTypes(descriptions),
    findMentions(comparison.changes.flatMap(listDifferences), documents.revision),
  ]);
  const clients = shouldRunClients ? await runClients(descriptions, versions.base) : undefined;
  const failed = clients?.filter(({ failures }) => failures.length > 0) ?? [];
  const isMajor = parseMajor(versions.revision) > parseMajor(versions.base);
  return {
    sentences: describeChanges(documents, comparison.changes),
    types,
    pages: comparePages(documents),
    mentions,
    clients,
    problems: isMajor
      ? []
      : failed.map(
          ({ title }) => `Tests fail: ${title}. Keep the API compatible, or make info.version a major version.`,
        ),
  };
}

const NO_TYPES: TypeChanges = { diff: undefined, areCommentsChanged: false };

function parseMajor(version: string): number {
  return Number.parseInt(version, 10);
}
