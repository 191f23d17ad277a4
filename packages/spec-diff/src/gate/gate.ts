import type { JsonObject } from '@firstofficer/openapi';
import { readPendingStep } from './changesets.ts';
import { compareSources, type Descriptions, readSources } from './compare.ts';
import { validate } from './redocly.ts';
import { formatLocation } from './source.ts';
import { type Comparison, compareSteps, type Step } from './step.ts';
import { computeRequiredVersion, explainVersion, parseVersion, readStep, type Versions } from './version.ts';

/**
 * Options of {@link checkVersion}.
 *
 * @example
 * const options: GateOptions = { base: 'spec/released.yaml', revision: 'spec/openapi.yaml', changesets: '.' };
 */
export interface GateOptions extends Descriptions {
  /** The folder that contains `.changeset`. Without it, changesets are not checked. */
  readonly changesets?: string;
}

/**
 * Whether the version of a description has risen enough.
 *
 * @example
 * const { comparison, problems }: GateResult = await checkVersion(options);
 */
export interface GateResult {
  /** The descriptions, with their references unresolved. */
  readonly documents: { readonly base: JsonObject; readonly revision: JsonObject };
  readonly comparison: Comparison;
  readonly versions: Versions;
  /** The lowest version that the changes need. */
  readonly required: string;
  /** What to correct, one sentence each. Empty if the version and the changesets are right. */
  readonly problems: readonly string[];
}

/**
 * Compares two descriptions, and checks that the version of the revision and the pending changesets rise enough for the
 * changes.
 *
 * @throws UsageError if the descriptions cannot be compared.
 * @example
 * const { problems } = await checkVersion({ base: 'spec/released.yaml', revision: 'spec/openapi.yaml' });
 */
export async function checkVersion({ base, revision, changesets }: GateOptions): Promise<GateResult> {
  const sources = await readSources({ base, revision });
  const versions = { base: parseVersion(sources.base), revision: parseVersion(sources.revision) };
  const comparing = compareSources(sources);
  // The tools explain invalid descriptions less well than the validation, so its error comes first.
  comparing.catch(() => undefined);
  await validate([base, revision]);
  const comparison = await comparing;
  const { step } = comparison;
  const versionProblem = explainVersion(versions, step);
  const place = formatLocation(sources.revision.locate(['info', 'version']));
  const required = computeRequiredVersion(versions.base, step);
  // The changesets must raise the packages to the version of the description, or to the version that it needs.
  const wanted = versionProblem ? readStep({ base: versions.base, revision: required }) : readStep(versions);
  const changesetProblem = changesets && step !== 'none' ? await explainChangesets(changesets, wanted) : undefined;
  return {
    documents: { base: sources.base.document, revision: sources.revision.document },
    comparison,
    versions,
    required,
    problems: [
      ...(versionProblem ? [`${place}: ${versionProblem}`] : []),
      ...(changesetProblem ? [changesetProblem] : []),
    ],
  };
}

async function explainChangesets(root: string, wanted: Step): Promise<string | undefined> {
  const pending = await readPendingStep(root);
  if (compareSteps(pending, wanted) <= 0) return undefined;
  const found = pending === 'none' ? 'No changeset raises' : `The changesets make only a ${pending} step of`;
  return `.changeset: ${found} @firstofficer/spec. Run "npx -y pnpm@12 changeset" and choose @firstofficer/spec and ${wanted}.`;
}
