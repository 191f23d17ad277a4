import { asObject, formatPointer, parsePointer } from '@firstofficer/openapi';
import { capitalize } from '../text.ts';
import { withoutBooleanSchemas } from './booleans.ts';
import { checkTools } from './check-tools.ts';
import { type Edit, listEdits } from './edits.ts';
import { isRewritten } from './equivalence.ts';
import { type OasdiffChange, runOasdiff } from './oasdiff.ts';
import { isVersionEdit, rateEdit } from './own-rules.ts';
import { type RedoclyChange, runRedoclyDiff } from './redocly.ts';
import { tune } from './rules.ts';
import { rateSecurity } from './security.ts';
import { type Path, readSource, type Sources } from './source.ts';
import { type Change, type Comparison, compareSteps, maxStep, type Rating } from './step.ts';

/**
 * The paths of two descriptions.
 *
 * @example
 * const descriptions: Descriptions = { base: 'spec/released.yaml', revision: 'spec/openapi.yaml' };
 */
export interface Descriptions {
  /** The last released description. */
  readonly base: string;
  /** The description that replaces it. */
  readonly revision: string;
}

/**
 * Compares two descriptions and returns by how much the version must rise. Redocly, oasdiff and the rules of this package
 * rate each change, and the strictest rating counts. The version itself is not compared.
 *
 * @throws UsageError if a description cannot be read or refers to another file, or if a tool does not find known changes.
 * @example
 * const { step } = await compareDescriptions({ base: 'spec/released.yaml', revision: 'spec/openapi.yaml' });
 */
export async function compareDescriptions(descriptions: Descriptions): Promise<Comparison> {
  return compareSources(await readSources(descriptions));
}

/**
 * Reads both descriptions.
 *
 * @throws UsageError if a description cannot be read or refers to another file.
 */
export async function readSources(descriptions: Descriptions): Promise<Sources> {
  const [base, revision] = await Promise.all([readSource(descriptions.base), readSource(descriptions.revision)]);
  return { base, revision };
}

/**
 * Compares two descriptions that are read already, as {@link compareDescriptions} does.
 *
 * @throws UsageError if a tool does not find known changes.
 */
export async function compareSources({ base, revision }: Sources): Promise<Comparison> {
  const [redocly, oasdiff] = await Promise.all([
    runRedoclyDiff(base.file, revision.file),
    withoutBooleanSchemas({ base, revision }, async (copies) => {
      const changes = await runOasdiff(copies.base.file, copies.revision.file);
      return changes.map((change) => readOasdiffChange(change, copies));
    }),
    checkTools(),
  ]);
  const found = [...redocly.flatMap(readRedoclyChange), ...oasdiff, ...rateSecurity(base, revision)];
  const edits = listEdits(base.document, revision.document, { base: [], revision: [] }).filter(
    (edit) => !isVersionEdit(edit),
  );
  const documents = { base: base.document, revision: revision.document };
  const changes = joinRatings(
    edits.map((edit) => ({ edit, own: rateOwn(edit, documents) })),
    found,
  ).map((change) => createChange(change, { base, revision }));
  const sorted = changes.toSorted(
    (one, other) => compareSteps(one.step, other.step) || one.location.line - other.location.line,
  );
  return { step: maxStep(changes.map(({ step }) => step)), changes: sorted };
}

/** A rating with the places that it is about. */
interface FoundRating {
  readonly rating: Rating;
  readonly base?: Path | undefined;
  readonly revision?: Path | undefined;
}

function readRedoclyChange({ verdicts, base, revision, kind, property, impact }: RedoclyChange): FoundRating[] {
  const places = { base: base && parseFragment(base.pointer), revision: revision && parseFragment(revision.pointer) };
  // Redocly also lists changes that none of its rules rates. Their impact only tells additions from other changes.
  const unrated = { ruleId: kind, impact, message: `\`${property ?? places.revision?.at(-1) ?? ''}\` was ${kind}.` };
  const ratings = verdicts.length > 0 ? verdicts : impact === 'minor' ? [unrated] : [];
  return ratings.map(({ ruleId, impact: step, message }) => ({
    rating: tune({ tool: 'redocly', ruleId, step, message }),
    ...places,
  }));
}

function parseFragment(pointer: string): Path {
  return parsePointer(pointer.slice(1));
}

function readOasdiffChange(change: OasdiffChange, { base, revision }: Sources): FoundRating {
  const { id: ruleId, text: message, level, baseSource, revisionSource, path, operation, section } = change;
  const places = {
    base: baseSource && base.findPath(baseSource.line, baseSource.column),
    revision: revisionSource && revision.findPath(revisionSource.line, revisionSource.column),
  };
  const fallback = path === undefined ? [section ?? ''] : ['paths', path, (operation ?? '').toLowerCase()];
  const rating = tune(
    { tool: 'oasdiff', ruleId, step: level > 1 ? 'major' : 'minor', message: `${capitalize(message)}.` },
    { isWebhook: path?.startsWith('webhook:') === true },
  );
  return places.base || places.revision ? { rating, ...places } : { rating, base: fallback, revision: fallback };
}

/** An edit, or a place that no edit is at, with the ratings that are about it. */
interface RatedEdit extends Pick<FoundRating, 'base' | 'revision'> {
  readonly edit?: Edit;
  readonly ratings: readonly Rating[];
}

/** An edit with the rating of this package. */
interface OwnRating {
  readonly edit: Edit;
  readonly own: Rating;
}

function rateOwn(edit: Edit, documents: Parameters<typeof isRewritten>[1]): Rating {
  const own = rateEdit(edit);
  const isPatch = compareSteps(own.step, 'patch') >= 0 && own.ruleId !== 'default-stated';
  if (isPatch || MEANINGFUL.has(own.ruleId) || !isRewritten(edit, documents)) return own;
  return {
    ...own,
    ruleId: REWRITTEN,
    step: 'patch',
    reason: 'The same is written in another way: no request and no response changes.',
  };
}

const REWRITTEN = 'rewritten';

// These rules are about more than requests and responses.
const MEANINGFUL = new Set(['first-tag-changed', 'openapi-version-changed', 'path-renamed', 'schema-name-removed']);

/** Joins each rating with the edits that it is about. */
function joinRatings(own: readonly OwnRating[], found: readonly FoundRating[]): RatedEdit[] {
  const edits = own.map(({ edit }) => edit);
  const ratings = new Map(own.map(({ edit, own: rating }) => [edit, [rating]]));
  // The tools compare how a description is written. If nothing else has changed, they find nothing that users notice.
  const isOnlyRewritten =
    own.some(({ own: { ruleId } }) => ruleId === REWRITTEN) &&
    own.every(({ edit, own: rating }) => isHarmless(edit, rating));
  const others: RatedEdit[] = [];
  for (const one of isOnlyRewritten ? [] : found) {
    const matches = findEdits(edits, one);
    for (const edit of matches) {
      const list = ratings.get(edit);
      const isInside = list?.[0]?.ruleId === REWRITTEN && isAt(edit, one, isAbove);
      list?.push(
        isInside ? { ...one.rating, step: 'patch', reason: 'The same is written in another way.' } : one.rating,
      );
    }
    if (matches.length === 0) others.push({ ...one, ratings: [one.rating] });
  }
  return [...[...ratings].map(([edit, list]) => ({ edit, ratings: list, ...placeEdit(edit) })), ...others];
}

/** Returns whether an edit has no effect, other than a new name for what exists. */
function isHarmless({ kind, base: [root] }: Edit, { step }: Rating): boolean {
  return compareSteps(step, 'patch') >= 0 || (kind === 'added' && root === 'components');
}

function isAt(edit: Edit, { base, revision }: FoundRating, isRelated: (edit: Path, rating: Path) => boolean): boolean {
  const place = placeEdit(edit);
  const isBase = base !== undefined && place.base !== undefined && isRelated(place.base, base);
  return isBase || (revision !== undefined && place.revision !== undefined && isRelated(place.revision, revision));
}

function placeEdit({ kind, base, revision }: Edit): Pick<FoundRating, 'base' | 'revision'> {
  return { ...(kind !== 'added' && { base }), ...(kind !== 'removed' && { revision }) };
}

/** Finds the edits at the place of a rating, else above it, else of a reference to it, else the only edit below it. */
function findEdits(edits: readonly Edit[], found: FoundRating): Edit[] {
  const { base, revision } = found;
  const relate = (isRelated: (edit: Path, rating: Path) => boolean) =>
    edits.filter((edit) => isAt(edit, found, isRelated));
  // Oasdiff follows references, so its place may be the definition that an added or removed reference leads to.
  const isTarget = ({ before, after, kind }: Edit) =>
    isReferenceTo(kind === 'removed' ? before : undefined, base) ||
    isReferenceTo(kind === 'added' ? after : undefined, revision);
  const same = relate((edit, rating) => edit.length === rating.length && isAbove(edit, rating));
  if (same.length > 0) return same;
  const above = relate((edit, rating) => isAbove(edit, rating));
  if (above.length > 0) return above;
  const targets = edits.filter(isTarget);
  if (targets.length > 0) return targets;
  const below = relate((edit, rating) => isAbove(rating, edit));
  return below.length === 1 ? below : [];
}

function isReferenceTo(value: unknown, path: Path | undefined): boolean {
  return path !== undefined && asObject(value).$ref === `#${formatPointer(path)}`;
}

function isAbove(path: Path, other: Path): boolean {
  return path.length <= other.length && path.every((segment, index) => segment === other[index]);
}

function createChange({ edit, ratings, base, revision }: RatedEdit, sources: Sources): Change {
  const sorted = ratings.toSorted(
    (one, other) => compareSteps(one.step, other.step) || TOOLS.indexOf(one.tool) - TOOLS.indexOf(other.tool),
  );
  const [strictest] = sorted;
  if (!strictest) throw new Error('a change has no rating.');
  const location =
    revision && edit?.kind !== 'removed' ? sources.revision.locate(revision) : sources.base.locate(base ?? []);
  return { ...strictest, location, ratings: sorted, ...(edit && { edit }) };
}

// If two tools are equally strict, the message of the first one is printed.
const TOOLS: readonly Rating['tool'][] = ['redocly', 'oasdiff', 'gate'];
