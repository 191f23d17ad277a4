import { markup } from '@firstofficer/common/markup';
import { Marked } from 'marked';
import { expect, test } from 'vitest';
import { createEngine } from '../../src/browser/search/engine.ts';
import { readContent, SOURCES } from '../../src/content/read-content.ts';
import { listDownloads } from '../../src/publish/downloads.ts';
import { listDownloadRecords, listRecords, type SearchPage } from '../../src/search/records.ts';
import { description } from '../fixtures.ts';
import { type ExpectedHit, FURTHER_QUERIES, QUERIES } from './queries.ts';

interface Schema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly allOf?: readonly Schema[];
}

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly description?: string }[];
  readonly responses: Readonly<
    Record<
      string,
      {
        readonly description: string;
        readonly headers?: Readonly<Record<string, Schema>>;
        readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
      }
    >
  >;
}

const TITLES: Readonly<Record<string, string>> = {
  200: 'OK',
  304: 'Not Modified',
  400: 'Bad Request',
  401: 'Unauthorized',
  404: 'Not Found',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
};

// The content of the pages in the markup that the records are read from.
const { guides } = await readContent(SOURCES);
const { paths, components } = description.document as {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
};

function renderMember(id: string, name: string, content: string): string {
  return (
    markup`<div class="member" id="${id}"><div class="member-row"><code class="member-name">${name}</code></div>`.text +
    `${content}</div>`
  );
}

function renderMembers(prefix: string, { allOf = [], properties = {} }: Schema): string {
  const own = Object.entries(properties).map(([name, schema]) => {
    const text = markup`<p>${schema.description}</p>`.text;
    return renderMember(prefix + name, name, text + renderMembers(`${prefix}${name}/`, schema));
  });
  return [...allOf.map((part) => renderMembers(prefix, part)), ...own].join('');
}

function renderOperation(operation: Operation): string {
  const parameters = (operation.parameters ?? []).map((parameter) =>
    renderMember(
      `t=request&in=${parameter.in}&path=${parameter.name.toLowerCase()}`,
      parameter.name,
      markup`<p>${parameter.description}</p>`.text,
    ),
  );
  const responses = Object.entries(operation.responses).map(([status, response]) => {
    const id = `t=response&c=${status}`;
    const headers = Object.entries(response.headers ?? {}).map(([name, header]) =>
      renderMember(`${id}&path=${name.toLowerCase()}`, name, markup`<p>${header.description}</p>`.text),
    );
    const bodies = Object.values(response.content ?? {}).map(({ schema }) => renderMembers(`${id}&path=`, schema));
    return `${markup`<details class="response"><summary>${status} ${TITLES[status]}</summary><div class="row" id="${id}"><p>${response.description}</p>`.text}${bodies.join('')}${headers.join('')}</div></details>`;
  });
  return (
    markup`<h1>${operation.summary}</h1><p>${operation.description}</p>`.text + [...parameters, ...responses].join('')
  );
}

const marked = new Marked();
marked.use({
  renderer: {
    heading({ depth, text, tokens }) {
      const id = text
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, '-')
        .replace(/^-|-$/g, '');
      return `<h${depth} id="${id}">${this.parser.parseInline(tokens)}</h${depth}>`;
    },
  },
});
const pages: SearchPage[] = [
  ...guides.map(({ title, slug, markdown }): SearchPage => {
    return { title, url: `/${slug}/`, kind: 'page', main: marked.parse(markdown, { async: false }) };
  }),
  ...Object.values(paths).flatMap(({ get }) =>
    get
      ? [{ title: get.summary, url: '/customers/retrievecustomer/', kind: 'page', main: renderOperation(get) } as const]
      : [],
  ),
  ...Object.entries(components.schemas).map(([name, schema]): SearchPage => {
    const main = markup`<h1>${name}</h1><p>${schema.description}</p>`.text + renderMembers('path=', schema);
    return { title: name, url: `/schemas/${name.toLowerCase()}/`, kind: 'schema', main };
  }),
];
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
