import { type Change, maxStep, type Step } from '../gate/step.ts';
import { getValue, isObject } from '../objects.ts';
import { capitalize } from '../text.ts';
import { type Difference, listDifferences } from './differences.ts';
import { code, describeOperation, describePlace, describeThing, joinWords, NOUNS } from './places.ts';

/** A change in one sentence, for people who do not know the format of descriptions. */
export interface Sentence {
  readonly step: Step;
  /** Markdown on one line. */
  readonly text: string;
  /** The changes that give the sentence its step. */
  readonly changes: readonly Change[];
}

/** Two parsed descriptions. */
export interface Documents {
  readonly base: unknown;
  readonly revision: unknown;
}

/**
 * Describes the changes between two descriptions in sentences. A change without a place keeps the message of its tool.
 *
 * @example
 * describeChanges(documents, changes)[0]?.text; // 'The response 200 of retrieveCustomer gains the member `plan`.'
 */
export function describeChanges(documents: Documents, changes: readonly Change[]): Sentence[] {
  const all = changes.flatMap(listDifferences);
  const moves = findMoves(documents, all);
  const rules = new Map<string, Rule>();
  const sentences = changes.flatMap((change): Sentence[] => {
    const differences = listDifferences(change);
    if (differences.length === 0) return [createSentence(change.message, [change])];
    return differences.flatMap((difference) => {
      const move = moves.find(
        ({ paths }) => difference.path[0] === 'paths' && paths.includes(difference.path[1] ?? ''),
      );
      if (move) return [createSentence(move.text, [change])];
      const { place, clauses, texts } = describeDifference(difference, documents, all);
      if (clauses.length > 0) {
        const rule = rules.get(place) ?? { changes: [], clauses: [] };
        rules.set(place, { changes: [...rule.changes, change], clauses: [...rule.clauses, ...clauses] });
      }
      return texts.map((text) => createSentence(text, [change]));
    });
  });
  const rest = [...rules].map(([place, rule]) => createSentence(`${place} ${joinWords(rule.clauses)}.`, rule.changes));
  return mergeSentences([...sentences, ...rest]);
}

/** The rules of a place that change, which are one sentence. */
interface Rule {
  readonly changes: readonly Change[];
  readonly clauses: readonly string[];
}

function createSentence(text: string, changes: readonly Change[]): Sentence {
  return { text, changes, step: maxStep(changes.map(({ step }) => step)) };
}

/** Returns the sentences without repetitions, each with its largest step and an uppercase letter. */
function mergeSentences(sentences: readonly Sentence[]): Sentence[] {
  const groups = Map.groupBy(sentences, ({ text }) => capitalize(text));
  return [...groups].map(([text, group]) => {
    const step = maxStep(group.map((sentence) => sentence.step));
    const changes = new Set(group.flatMap((sentence) => sentence.changes).filter((change) => change.step === step));
    return { step, text, changes: [...changes] };
  });
}

/** Keywords whose values are for readers. */
const TEXTS = new Set([
  'description',
  'summary',
  'title',
  'externalDocs',
  'example',
  'examples',
  'value',
  'x-codeSamples',
]);

interface Move {
  readonly paths: readonly string[];
  readonly text: string;
}

/** Returns the paths that were replaced by another path with the same operations. */
function findMoves({ base, revision }: Documents, differences: readonly Difference[]): Move[] {
  const isPath = ({ path }: Difference) => path[0] === 'paths' && path.length === 2;
  const added = differences.filter((difference) => isPath(difference) && difference.before === undefined);
  return differences.flatMap((difference) => {
    if (!isPath(difference) || difference.after !== undefined) return [];
    const ids = listIds(difference.before);
    const target = added.find(({ after }) => listIds(after).some((id) => ids.includes(id)));
    const [from, to] = [difference.path[1], target?.path[1]];
    if (from === undefined || to === undefined) return [];
    const [method = ''] = Object.keys(Object(getValue(base, ['paths', from])));
    const name = describeOperation(revision, ['paths', to, method]);
    return [{ paths: [from, to], text: `The operation ${name} moves from ${code(from)} to ${code(to)}.` }];
  });
}

function listIds(item: unknown): unknown[] {
  return Object.values(Object(item)).flatMap((operation) => Object(operation).operationId ?? []);
}

/** What a difference is in words. */
interface Description {
  /** The place that the clauses are about. */
  readonly place: string;
  /** What changes there, without a subject: other differences of the place belong to the same sentence. */
  readonly clauses: readonly string[];
  /** Whole sentences. */
  readonly texts: readonly string[];
}

function describeDifference(
  { path, before, after }: Difference,
  documents: Documents,
  all: readonly Difference[],
): Description {
  const document = after === undefined ? documents.base : documents.revision;
  const [container = '', name = ''] = path.slice(-2);
  const textIndex = path.findIndex((keyword) => TEXTS.has(keyword));
  if (textIndex >= 0 && container !== 'properties') {
    const keyword = path[textIndex] ?? '';
    const outer = path.slice(0, textIndex);
    // An example of the components is named by what uses it.
    const place = describePlace(documents.revision, path[1] === 'examples' ? path : outer);
    return sentence(describeText(keyword, place));
  }
  if (before === undefined || after === undefined) {
    const verb = before === undefined ? 'gains' : 'loses';
    if (container === 'paths')
      return sentence(...describeOperations(document, path).map((text) => `The API ${verb} ${text}.`));
    if (path[0] === 'paths' && path.length === 3)
      return sentence(`The API ${verb} the operation ${describeOperation(document, path)}.`);
    if (NOUNS[container] && path.length > 1) {
      // The name of a rule, such as `required`, may also be the name of a member.
      const owner =
        path[0] === 'components' && path.length === 3 ? 'the API' : describePlace(document, path.slice(0, -2));
      return sentence(`${owner} ${verb} ${describeThing(document, path)}.`);
    }
  }
  const place = describePlace(document, path.slice(0, -1));
  if (path[0] === 'servers' && name === 'url') return sentence(`The server ${code(before)} becomes ${code(after)}.`);
  if (name === 'operationId' && path[0] === 'paths' && path.length === 4)
    return sentence(`The operation ${code(before)} is renamed to ${code(after)}.`);
  if (name === 'security') return sentence(`The authentication of ${place} changes.`);
  if (name === 'deprecated') return sentence(`${place} ${after === true ? 'becomes' : 'is no longer'} deprecated.`);
  if (name === 'required' && (Array.isArray(before) || Array.isArray(after))) {
    return sentence(...describeRequired({ path, before, after }, place, all));
  }
  return { place, clauses: [...describeRule(name, before, after)], texts: [] };
}

function sentence(...texts: readonly string[]): Description {
  return { place: '', clauses: [], texts };
}

function describeText(keyword: string, place: string): string {
  if (keyword === 'example' || keyword === 'examples' || keyword === 'value') return `The examples of ${place} change.`;
  return `The ${keyword === 'externalDocs' ? 'link to more documentation' : keyword} of ${place} changes.`;
}

function describeOperations(document: unknown, path: readonly string[]): string[] {
  const item = getValue(document, path);
  return Object.entries(Object(item))
    .filter(([, operation]) => isObject(operation))
    .map(
      ([method]) =>
        `the operation ${describeOperation(document, [...path, method])} (${code(`${method.toUpperCase()} ${path[1]}`)})`,
    );
}

/** Describes the members that became required or optional. Members that are new or gone have their own sentence. */
function describeRequired({ path, before, after }: Difference, place: string, all: readonly Difference[]): string[] {
  const isResponse = path.includes('responses') || !path.includes('requestBody');
  const owner = path.slice(0, -1);
  const isOwn = (member: unknown) =>
    !all.some(
      (other) =>
        other.path.join('\n') === [...owner, 'properties', String(member)].join('\n') &&
        (other.before === undefined || other.after === undefined),
    );
  const [old, now] = [before, after].map((list) => (Array.isArray(list) ? list : []));
  const added = now?.filter((member) => !old?.includes(member) && isOwn(member)) ?? [];
  const removed = old?.filter((member) => !now?.includes(member) && isOwn(member)) ?? [];
  return [
    ...added.map(
      (member) =>
        `The member ${code(member)} of ${place} ${isResponse ? 'is now always present' : 'becomes required'}.`,
    ),
    ...removed.map(
      (member) => `The member ${code(member)} of ${place} ${isResponse ? 'may now be missing' : 'becomes optional'}.`,
    ),
  ];
}

/** Describes how a rule of a schema or another keyword changes. */
function* describeRule(keyword: string, before: unknown, after: unknown): Iterable<string> {
  if (keyword === 'required') yield after === true ? 'becomes required' : 'becomes optional';
  else if (keyword === 'enum' && Array.isArray(before) && Array.isArray(after)) {
    for (const value of after.filter((value) => !before.includes(value))) yield `gains the value ${code(value)}`;
    for (const value of before.filter((value) => !after.includes(value))) yield `loses the value ${code(value)}`;
  } else if (keyword === '$ref') yield `refers to ${code(after)} instead of ${code(before)}`;
  else if (before === undefined) yield `gains ${code(keyword)} ${code(after)}`;
  else if (after === undefined) yield `loses ${code(keyword)} ${code(before)}`;
  else yield `has ${code(keyword)} ${code(after)} instead of ${code(before)}`;
}
