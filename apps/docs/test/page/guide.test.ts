import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { readContent, SOURCES } from '../../src/content/read-content.ts';
import { renderGuide } from '../../src/page/guide.ts';

const { guides } = await readContent(SOURCES);

/** Renders a guide with a title and a lead before the text, and parses it. */
function readPage(text: string, options: Partial<Parameters<typeof renderGuide>[0]> = {}) {
  const page = renderGuide({ markdown: `# Title\n\nLead.\n\n${text}`, ...options });
  return { ...page, document: parse(page.main.text) };
}

function parse(html: string) {
  return parseHTML(`<!doctype html><body>${html}</body>`).document;
}

/** Returns the text of each element that matches. */
function texts(root: ParentNode, selector: string): (string | null)[] {
  return [...root.querySelectorAll(selector)].map(({ textContent }) => textContent);
}

describe.each(guides.map((guide) => [guide.slug, guide] as const))('%s', (_, { markdown, fences, description }) => {
  const page = renderGuide({ markdown });
  const document = parse(page.main.text);

  test('each fence has its exact source, a caption and a button', () => {
    const figures = [...document.querySelectorAll('figure')];
    const sources = figures.map((figure) => figure.querySelector('code')?.textContent);
    expect(sources.toSorted()).toEqual(fences.map(({ source }) => source).toSorted());
    for (const figure of figures) {
      expect(figure.querySelector(':scope > figcaption > span')?.textContent).toMatch(/^[A-Z]/);
      expect(figure.querySelector(':scope > figcaption > button')?.textContent).toBe('Copy');
    }
  });

  test('each section has a link, and is in the contents', () => {
    const headings = [...document.querySelectorAll('h2, h3')];
    const anchors = headings.map((heading) => heading.querySelector('a.anchor')?.getAttribute('href'));
    expect(anchors).toEqual(headings.map(({ id }) => `#${id}`));
    expect(page.contents.map(({ id }) => id)).toEqual(headings.map(({ id }) => id));
    expect(texts(document, '.contents li')).toEqual(page.contents.map(({ title }) => title));
    expect(texts(document, '.contents-menu li')).toEqual(page.contents.map(({ title }) => title));
  });

  test('the first paragraph is the lead', () => {
    expect(texts(document, 'h1 + .lead')).toEqual([description]);
  });

  test('each cell names its column', () => {
    for (const table of document.querySelectorAll('table')) {
      const names = texts(table, 'th');
      for (const row of table.querySelectorAll('tbody tr')) {
        expect([...row.children].map((cell) => cell.getAttribute('data-label'))).toEqual(names);
      }
    }
  });
});

describe('headings', () => {
  test('have the fragments of published links', () => {
    const { contents } = readPage('## If several customers match\n\n### `total_contract_value`\n\n## What’s new?\n');
    expect(contents).toEqual([
      { id: 'if-several-customers-match', title: 'If several customers match', depth: 2 },
      { id: 'total-contract-value', title: 'total_contract_value', depth: 3 },
      { id: 'what-s-new', title: 'What’s new?', depth: 2 },
    ]);
  });

  test('of the same text have different IDs', () => {
    const { contents } = readPage('## Set up\n\n## Set up\n\n## Set up\n');
    expect(contents.map(({ id }) => id)).toEqual(['set-up', 'set-up-2', 'set-up-3']);
  });

  test('have titles without Markdown', () => {
    const { contents, document } = readPage('## *A* [b](https://example.com/) & `c <d>`\n\n## E &amp; f\n');
    expect(contents.map(({ title }) => title)).toEqual(['A b & c <d>', 'E & f']);
    expect(document.querySelector('.anchor')?.getAttribute('aria-label')).toBe('Link to A b & c <d>');
  });

  test('a guide with one section has no list of sections', () => {
    expect(readPage('## Only\n').document.querySelectorAll('.contents, .contents-menu')).toHaveLength(0);
  });
});

describe('code', () => {
  const fence = (lang: string, code: string) => `\`\`\`${lang}\n${code}\n\`\`\`\n\n`;
  const figures = (text: string) => {
    const { document } = readPage(text);
    return [...document.querySelectorAll('figure.code')].map((figure) => texts(figure, 'code'));
  };

  test('is followed by its output in the same figure', () => {
    expect(figures(fence('sh', 'a') + fence('json', '{}'))).toEqual([['a', '{}']]);
    expect(figures(fence('ts', 'a') + fence('text', 'b'))).toEqual([['a', 'b']]);
  });

  test.each([
    ['a sentence is between them', `${fence('sh', 'a')}Then:\n\n${fence('json', '{}')}`],
    ['the first is no program', fence('json', 'a') + fence('text', '{}')],
    ['both are programs', fence('sh', 'a') + fence('sh', '{}')],
    ['the second is no output', fence('sh', 'a') + fence('yaml', '{}')],
  ])('is separate if %s', (_, text) => {
    expect(figures(text)).toEqual([['a'], ['{}']]);
  });

  test('has one output', () => {
    expect(figures(fence('sh', 'a') + fence('text', 'b') + fence('text', 'c'))).toEqual([['a', 'b'], ['c']]);
  });
});

describe('tables', () => {
  const layout = (...rows: string[][]) => {
    const [head = [], ...body] = rows;
    const lines = [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |\n`);
    return readPage(lines.join('')).document.querySelector('table')?.className;
  };
  const sentence = 'the customer has paid for a month, and gets it';

  test('of short cells stay tables on phones', () => {
    expect(layout(['Character', 'Encoded'], ['`/`', '`%2F`'])).toBe('fits');
  });

  test('with figures show them side by side on phones', () => {
    expect(layout(['Situation', 'From', 'MRR'], [sentence, '16 Jan, 12:00', '$100.00'])).toBe('figures values-2 named');
  });

  test('with sentences stack on phones, titled by a short first cell', () => {
    expect(layout(['Status', 'Meaning'], ['200', sentence])).toBe('stack named');
    expect(layout(['Added', 'Subtracted'], [`${sentence} back`, sentence])).toBe('stack');
  });

  test('keep their roles and escape their labels', () => {
    const { document } = readPage('| `<a>` "b" | C |\n| --- | --- |\n| 1 | 2 |\n');
    expect(document.querySelector('td')?.getAttribute('data-label')).toBe('<a> "b"');
    expect(texts(document, '[role="table"] > [role="rowgroup"] > [role="row"] > [role="cell"]')).toEqual(['1', '2']);
    expect(texts(document, '[role="row"] > [role="columnheader"]')).toEqual(['<a> "b"', 'C']);
  });
});

test('the same program in several languages is one group, and commands before it are not', () => {
  const { document } = readPage(
    '```sh\nnpm install\n```\n\n```ts\nrun();\n```\n\n```ruby\nrun\n```\n\n```text\ndone\n```\n\n```ts\nstop();\n```\n',
  );

  expect(texts(document, '.languages [data-language] > figure > pre')).toEqual(['run();', 'run']);
  expect(texts(document, '.languages .output > pre')).toEqual(['done']);
  expect(texts(document, 'article > figure > pre')).toEqual(['npm install', 'stop();']);
});

test('links to the previous and the next page', () => {
  const previous = { title: 'Get started', url: '/get-started' };
  const next = { title: 'Errors & retries', url: '/errors-and-retries' };
  const { document } = readPage('Text.', { previous, next });
  const links = [...document.querySelectorAll('.next-links a')];
  expect(links.map((link) => [link.getAttribute('href'), link.textContent])).toEqual([
    ['/get-started', 'Previous Get started'],
    ['/errors-and-retries', 'Next Errors & retries'],
  ]);
  expect(readPage('Text.').document.querySelector('.next-links')).toBeNull();
});
