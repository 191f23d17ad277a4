import MiniSearch, { type Query, type SearchOptions } from 'minisearch';
import type { SearchRecord } from '../../search/records.ts';
import { SYNONYMS } from './synonyms.ts';
import { countTypos, cutExcerpt, listQueryTerms, listTerms, markTerms, type TextPart } from './words.ts';

/** A record that matches a query. */
export interface SearchHit {
  readonly record: SearchRecord;
  readonly title: readonly TextPart[];
  readonly excerpt: readonly TextPart[];
}

/** Finds records. */
export interface SearchEngine {
  /** Returns the hits for a query, the best first. */
  search(query: string): SearchHit[];
}

interface Document extends SearchRecord {
  readonly id: number;
  /** The text of all records of a page, in the record of the page itself. */
  readonly whole: string;
  /** The cells and list items of few words: they name what the place is about. */
  readonly items: string;
}

const KINDS = { page: 1.5, schema: 0.9, section: 1.2, member: 1.6, status: 1.5, download: 1.2 };
const MAX_HITS = 24;
const BOOST = { title: 6, page: 1.5, items: 2, text: 1, whole: 0.6, code: 0.2 };
/** A synonym counts less than the word that the reader typed. */
const SYNONYM_BOOST = Object.fromEntries(Object.entries(BOOST).map(([field, boost]) => [field, boost / 3]));

/**
 * Creates a search engine for records.
 *
 * @example
 * createEngine(records).search('retreive')[0]?.record.url; // '/customers/retrievecustomer/'
 */
export function createEngine(records: readonly SearchRecord[]): SearchEngine {
  const schemas = new Set(records.filter(({ kind }) => kind === 'schema').map(({ page }) => page));
  const wholes = new Map<string, string>();
  for (const { page, title, text } of records) wholes.set(page, `${wholes.get(page) ?? ''} ${title} ${text}`);
  const documents = records.map((record, id): Document => {
    const isPage = record.kind === 'page' || record.kind === 'schema';
    const items = record.text.split(' · ').filter((item) => item.split(' ').length < 4);
    return { ...record, id, items: items.join(' '), whole: isPage ? (wholes.get(record.page) ?? '') : '' };
  });
  const index = new MiniSearch<Document>({
    fields: ['title', 'page', 'items', 'text', 'whole', 'code'],
    tokenize: listTerms,
    processTerm: (term) => term,
  });
  index.addAll(documents);
  const vocabulary = [...new Set(records.flatMap(({ title, text }) => listTerms(`${title} ${text}`)))];
  const known = new Set(vocabulary);

  /** Returns the closest known terms of a term with a typo. */
  const correct = (term: string): string[] => {
    if (term.length < 4 || /\d/.test(term) || vocabulary.some((word) => word.startsWith(term))) return [];
    const limit = term.length < 8 ? 1.5 : 2.5;
    const near = vocabulary
      .map((word) => ({ word, typos: countTypos(term, word) }))
      .filter(({ word, typos }) => typos <= limit && word.length > 2);
    const best = Math.min(...near.map(({ typos }) => typos));
    return near.filter(({ typos }) => typos === best).map(({ word }) => word);
  };

  const search = (query: string): SearchHit[] => {
    const terms = listQueryTerms(query);
    if (terms.length === 0) return [];
    const { concepts, names } = readConcepts(terms, known, correct);
    const weigh = (id: number): number => {
      const record = documents[id];
      if (!record) return 0;
      const isNamed = names.get(joinName(record.title)) ?? names.get(record.title.match(/^\d{3}\b/)?.[0] ?? '') ?? 1;
      const isOld = /^(?:changelog|release notes)$/i.test(record.page) && record.kind !== 'page';
      return (
        KINDS[record.kind] *
        isNamed *
        (isOld ? 0.4 : 1) *
        (schemas.has(record.page) ? 0.7 : 1) *
        (record.deprecated ? 0.5 : 1)
      );
    };
    const options: SearchOptions = {
      tokenize: (text) => [text],
      boost: BOOST,
      prefix: (term) => term.length > 1,
      weights: { fuzzy: 0.25, prefix: 0.5 },
      boostDocument: weigh,
    };
    const found = new Map<number, { score: number; terms: readonly string[] }>();
    for (const [combineWith, factor] of [
      ['AND', 1],
      ['OR', 0.3],
    ] as const) {
      // Places that have only some of the words follow if few have all of them.
      if (combineWith === 'OR' && found.size >= 5) break;
      for (const hit of index.search({ combineWith, queries: concepts }, options)) {
        if (!found.has(hit.id)) found.set(hit.id, { score: hit.score * factor, terms: hit.terms });
      }
    }
    const members = new Set<string>();
    return [...found]
      .sort(([, first], [, second]) => second.score - first.score)
      .flatMap(([id, hit]) => {
        const record = documents[id];
        if (!record) return [];
        // A member has one hit, although many responses and schemas contain it.
        if (record.kind === 'member' && members.has(record.title)) return [];
        if (record.kind === 'member') members.add(record.title);
        return [{ record, terms: new Set(hit.terms) }];
      })
      .slice(0, MAX_HITS)
      .map(({ record, terms }) => {
        const isInText = markTerms(record.text, terms).some(({ isMatch }) => isMatch);
        const isInCode = !isInText && markTerms(record.code, terms).some(({ isMatch }) => isMatch);
        const excerpt = cutExcerpt(isInCode ? record.code.replace(/\s+/g, ' ') : record.text, terms);
        return { record, title: markTerms(record.title, terms), excerpt: markTerms(excerpt, terms) };
      });
  };
  return { search };
}

/** A phrase as one word: "rate limit", "rate-limit" and "ratelimit" are the same. */
function joinName(phrase: string): string {
  return listQueryTerms(phrase).join('');
}

const GROUPS = new Map<string, (readonly string[])[]>();
for (const group of SYNONYMS)
  for (const phrase of group) {
    GROUPS.set(joinName(phrase), [...(GROUPS.get(joinName(phrase)) ?? []), group]);
  }

/**
 * Splits the terms of a query into concepts: the longest phrases that have synonyms or are a known name, and single
 * words. Returns a query for each, and the factors of records whose whole title is what the reader asks for.
 */
function readConcepts(
  terms: readonly string[],
  known: ReadonlySet<string>,
  correct: (term: string) => string[],
): { concepts: Query[]; names: Map<string, number> } {
  const concepts: Query[] = [];
  const names = new Map([[terms.join(''), 5]]);
  for (let start = 0; start < terms.length; ) {
    const length = [4, 3, 2, 1].find((count) => {
      const joined = terms.slice(start, start + count).join('');
      return count === 1 || (start + count <= terms.length && (GROUPS.has(joined) || known.has(joined)));
    });
    const phrase = terms.slice(start, start + (length ?? 1));
    start += phrase.length;
    const joined = phrase.join('');
    const others = (GROUPS.get(joined) ?? []).flat().filter((other) => joinName(other) !== joined);
    const isWhole = phrase.length === terms.length;
    if (isWhole) for (const other of others) if (!names.has(joinName(other))) names.set(joinName(other), 2.5);
    const corrected = others.length === 0 ? phrase.flatMap(correct) : [];
    if (isWhole) for (const word of corrected) names.set(word, 3);
    const same = others.map(
      (other): Query => ({ combineWith: 'AND', queries: listQueryTerms(other), prefix: false, boost: SYNONYM_BOOST }),
    );
    const own: Query[] = phrase.length > 1 ? [{ combineWith: 'AND', queries: [...phrase] }, joined] : [...phrase];
    concepts.push({
      combineWith: 'OR',
      queries: [...own, ...same, ...corrected.map((word) => ({ queries: [word], prefix: false }))],
    });
  }
  return { concepts, names };
}
