import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { parseAddress } from '../../src/address.ts';
import { createEngine } from '../../src/browser/search/engine.ts';
import { readContent, SOURCES } from '../../src/content/read-content.ts';
import { listDownloads } from '../../src/publish/downloads.ts';
import { listDownloadRecords, listRecords } from '../../src/search/records.ts';
import { renderPages, toSearchPage } from '../../src/site/pages.ts';
import { loadSiteReference } from '../../src/site/site-reference.ts';
import { type ExpectedHit, FURTHER_QUERIES, QUERIES } from './queries.ts';

const content = await readContent(SOURCES);
const address = parseAddress('/');
const pages = (await renderPages(await loadSiteReference(content, address), content, '/')).map(toSearchPage);
const records = [...listRecords(pages), ...listDownloadRecords(listDownloads('/'))];
const engine = createEngine(records);

/** Returns the URLs of the hits in the order in which the dialog shows them. */
function listUrls(query: string): string[] {
  const groups = Map.groupBy(engine.search(query), ({ record }) => record.page);
  return [...groups.values()].flat().map(({ record }) => record.url);
}

function findMisses(queries: readonly ExpectedHit[]): string[] {
  return queries.flatMap(([query, expected, position]) => {
    const urls = listUrls(query);
    const isFound = urls.slice(0, position).some((url) => expected.test(url));
    return isFound ? [] : [`${query}: ${urls.slice(0, 4).join(' ')}`];
  });
}

test('at least 66 of 70 queries find what they should at the top', () => {
  expect(QUERIES).toHaveLength(70);
  const misses = findMisses(QUERIES);
  expect(misses.length, misses.join('\n')).toBeLessThanOrEqual(4);
});

test('at least 15 of 17 queries that the ranking was not tuned for find what they should at the top', () => {
  const misses = findMisses(FURTHER_QUERIES);
  expect(misses.length, misses.join('\n')).toBeLessThanOrEqual(2);
});

test('headings are found although two letters of their longest word are swapped', () => {
  const headings = records.filter(({ kind }) => kind === 'section');
  const misses = headings.flatMap(({ title, url }) => {
    const [longest = ''] = (title.match(/\p{L}+/gu) ?? []).sort((a, b) => b.length - a.length);
    const typo = longest.replace(/^(..)(.)(.)/, '$1$3$2');
    if (longest.length < 6) return [];
    return listUrls(title.replace(longest, typo)).slice(0, 5).includes(url) ? [] : [`${title}: ${typo}`];
  });
  expect(misses.length, misses.join('\n')).toBeLessThanOrEqual(headings.length / 10);
});

test('every record opens a page, at an element that the page has', () => {
  const ids = new Map(
    pages.map(({ url, main }) => {
      const { document } = parseHTML(`<!doctype html><body>${main}</body>`);
      return [url, new Set([...document.querySelectorAll('[id]')].map(({ id }) => id))];
    }),
  );
  const broken = records.filter(({ kind, url }) => {
    const [page = '', id] = url.split('#');
    return kind !== 'download' && !(id === undefined ? ids.has(page) : ids.get(page)?.has(id));
  });
  expect(broken.map(({ url }) => url)).toEqual([]);
});

test('no record contains controls, lists of sections or links to other pages', () => {
  for (const { url, title, text } of records) {
    expect(`${title} ${text}`, url).not.toMatch(/On this page|Copy$|Link to |headers of every response|^Previous /);
  }
});
