import { asObject, formatPointer, parsePointer } from '@firstofficer/openapi';
import { capitalize } from '../text.ts';
import { checkTools } from './check-tools.ts';
import { type Edit, listEdits } from './edits.ts';
import { type OasdiffChange, runOasdiff } from './oasdiff.ts';
import { isVersionEdit, rateEdit } from './own-rules.ts';
import { type RedoclyChange, runRedoclyDiff } from './redocly.ts';
import { tune } from './rules.ts';
import { rateSecurity } from './security.ts';
import { type Path, readSource, type Source } from './source.ts';
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
  const [base, revision] = await Promise.all([readSource(descriptions.base), readSource(descriptions.revision)]);
  const [redocly, oasdiff] = await Promise.all([
    runRedoclyDiff(base.file, revision.file),
    runOasdiff(base.file, revision.file),
    checkTools(),
  ]);
  const found = [
    ...redocly.flatMap(readRedoclyChange),
    ...oasdiff.map((change) => readOasdiffChange(change, { base, revision })),
    ...rateSecurity(base, revision),
  ];
  const edits = listEdits(base.document, revision.document, { base: [], revision: [] }).filter(
    (edit) => !isVersionEdit(edit),
  );
  const changes = joinRatings(edits, found).map((change) => createChange(change, { base, revision }));
  const sorted = changes.toSorted(
    (one, other) => compareSteps(one.step, other.step) || one.location.line - other.location.line,
  );
  return { step: maxStep(changes.map(({ step }) => step)), changes: sorted };
}

interface Sources {
  readonly base: Source;
  readonly revision: Source;
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
  const rating = tune({
    tool: 'oasdiff',
    ruleId,
    step: level > 1 ? 'major' : 'minor',
    message: `${capitalize(message)}.`,
  });
  return places.base || places.revision ? { rating, ...places } : { rating, base: fallback, revision: fallback };
}

/** An edit, or a place that no edit is at, with the ratings that are about it. */
interface RatedEdit extends Pick<FoundRating, 'base' | 'revision'> {
  readonly edit?: Edit;
  readonly ratings: readonly Rating[];
}

/** Joins each rating with the edits that it is about. */
function joinRatings(edits: readonly Edit[], found: readonly FoundRating[]): RatedEdit[] {
  const ratings = new Map(edits.map((edit) => [edit, [rateEdit(edit)]]));
  const others: RatedEdit[] = [];
  for (const one of found) {
    const matches = findEdits(edits, one);
    for (const edit of matches) ratings.get(edit)?.push(one.rating);
    if (matches.length === 0) others.push({ ...one, ratings: [one.rating] });
  }
  return [...[...ratings].map(([edit, list]) => ({ edit, ratings: list, ...placeEdit(edit) })), ...others];
}

function placeEdit({ kind, base, revision }: Edit): Pick<FoundRating, 'base' | 'revision'> {
  return { ...(kind !== 'added' && { base }), ...(kind !== 'removed' && { revision }) };
}

/** Finds the edits at the place of a rating, else above it, else of a reference to it, else the only edit below it. */
function findEdits(edits: readonly Edit[], { base, revision }: FoundRating): Edit[] {
  const relate = (isRelated: (edit: Path, rating: Path) => boolean) =>
    edits.filter((edit) => {
      const place = placeEdit(edit);
      return (
        (base && place.base && isRelated(place.base, base)) ||
        (revision && place.revision && isRelated(place.revision, revision))
      );
    });
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
