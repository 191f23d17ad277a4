import { expect, test } from 'vitest';
import { createEngine } from '../../src/browser/search/engine.ts';
import { countTypos, cutExcerpt, listQueryTerms, listTerms, markTerms } from '../../src/browser/search/words.ts';
import type { SearchRecord } from '../../src/search/records.ts';

const DEFAULTS: SearchRecord = { kind: 'section', page: 'Guide', title: '', url: '', text: '', code: '' };

function find(query: string, ...records: Partial<SearchRecord>[]): string[] {
  const engine = createEngine(records.map((record, index) => ({ ...DEFAULTS, url: String(index), ...record })));
  return engine.search(query).map(({ record }) => record.title);
}

test('terms of a name are the name and its parts', () => {
  expect(listTerms('current_mrr')).toEqual(['currentmrr', 'current', 'mrr']);
  expect(listTerms('X-Request-Id')).toEqual(['xrequestid', 'x', 'request', 'id']);
  expect(listTerms('tokenAuth')).toEqual(['tokenauth', 'token', 'auth']);
  expect(listQueryTerms('how do I encode the e-mail')).toEqual(['encod', 'email']);
});

test('a name is found in each way to write it', () => {
  const member = { kind: 'member', title: 'current_mrr', text: 'integer' } as const;
  for (const query of ['current_mrr', 'current mrr', 'currentmrr', 'mrr', 'current_m', 'CURRENT-MRR']) {
    expect(find(query, member, { title: 'Other', text: 'currents' })[0], query).toBe('current_mrr');
  }
});

test('members and headings come before text, and text before code', () => {
  const code = { title: 'Code', code: 'timeout' };
  const text = { title: 'Text', text: 'The timeout is 10 s.' };
  expect(find('timeout', code, text, { title: 'Timeout' }, { kind: 'member', title: 'timeout' })).toEqual([
    'timeout',
    'Timeout',
    'Text',
    'Code',
  ]);
});

test('a member has one hit, of the operation if it has the member', () => {
  const engine = createEngine([
    { ...DEFAULTS, kind: 'schema', page: 'Pet', title: 'Pet', url: '/schemas/pet/' },
    { ...DEFAULTS, kind: 'member', page: 'Pet', title: 'name', url: '/schemas/pet/#name' },
    { ...DEFAULTS, kind: 'member', page: 'Get a pet', title: 'name', url: '/get/#name' },
  ]);
  const members = engine.search('name').filter(({ record }) => record.kind === 'member');
  expect(members.map(({ record }) => record.url)).toEqual(['/get/#name']);
});

test('a word that no page has finds the closest words, and a known word only itself', () => {
  const records = [{ title: 'Email' }, { title: 'Fails', text: 'It fails.' }, { title: 'Retrieve a pet' }];
  expect(find('email', ...records)).toEqual(['Email']);
  expect(find('emial', ...records)[0]).toBe('Email');
  expect(find('retreive', ...records)[0]).toBe('Retrieve a pet');
  expect(find('retriev', ...records)[0]).toBe('Retrieve a pet');
  expect(find('zzzzzz', ...records)).toEqual([]);
});

test('synonyms of several words are found', () => {
  const records = [{ kind: 'status', title: '429 Too Many Requests' } as const, { title: 'Rates', text: 'limit' }];
  expect(find('rate limit', ...records)).toContain('429 Too Many Requests');
  expect(find('ratelimit', ...records)[0]).toBe('429 Too Many Requests');
});

test('a query without letters and digits finds nothing', () => {
  expect(find(' */? ', { title: 'Text' })).toEqual([]);
  expect(find('', { title: 'Text' })).toEqual([]);
});

test('counts a letter that is missing, extra, different or swapped as one typo', () => {
  expect(
    ['identifer', 'identiifier', 'idantifier', 'idnetifier'].map((typed) => countTypos(typed, 'identifier')),
  ).toEqual([1, 1, 1, 1]);
  expect(countTypos('idnet', 'identifier')).toBe(1.5);
});

test('marks the found words, and cuts long texts around the first of them', () => {
  expect(markTerms('Retries, once', new Set(['retry']))).toEqual([
    { text: 'Retries', isMatch: true },
    { text: ', once', isMatch: false },
  ]);
  const text = `${'word '.repeat(60)}needle ${'word '.repeat(60)}`;
  const excerpt = cutExcerpt(text, new Set(['needl']));
  expect(excerpt).toMatch(/^…word.* needle .*word…$/);
  expect(excerpt.length).toBeLessThan(145);
});
