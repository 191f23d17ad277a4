import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { listMembers } from '../../src/markdown/members.ts';
import { renderOperationPage } from '../../src/page/operation.ts';
import { renderSchemaPage } from '../../src/page/schema.ts';
import type { Document } from '../../src/reference/description.ts';
import { inlineExampleSummaries } from '../../src/reference/description.ts';
import { buildRedocOptions, listRoutes, loadReference, type Route } from '../../src/reference/redoc.ts';
import { kitchenSink, notes, spec } from '../fixtures.ts';

const readWords = (text: string) => new Set(text.match(/[\p{L}\p{N}_@./-]+/gu) ?? []);
const parse = (html: string) => parseHTML(`<html><body>${html}</body></html>`).document;

/** Words that are replaced: labels of Redoc, formats and limits in its notation. */
const REPLACED =
  /^(.*:|Path|Query|Request|Response|Security|Example|Examples|Value|Default|Enum|Schema|non-empty|characters|int64|_|\.|\.\.|-?\d+|S|[W/^].*|.*[./]|a-z|s|or|and|required)$/;

async function load(description: object) {
  const document = inlineExampleSummaries(description as Document);
  const { menu, render } = await loadReference(document, {
    ...buildRedocOptions('/'),
    schemasExpansionLevel: 'all',
  });
  const routes = listRoutes(menu, document, '/');
  const source = { base: '/', reference: { definition: document, routes, render } };
  const renderPage = async (route: Route) =>
    route.kind === 'operation' ? renderOperationPage(route, source) : renderSchemaPage(route, source);
  return {
    document,
    render,
    renderPage,
    routes: routes.filter(({ kind }) => kind === 'operation' || kind === 'schema'),
  };
}

const own = await load(spec);
const other = await load(kitchenSink);
const small = await load(notes);

test.each([...own.routes])('the page /$path has all words of Redoc', async (route) => {
  const panels = [...parse(own.render(route.link)).querySelectorAll('[data-testid="middle-panel"]')];
  for (const panel of panels) for (const element of panel.querySelectorAll('button, style, svg')) element.remove();
  const words = readWords(
    panels
      .map((panel) =>
        [...panel.querySelectorAll('*')]
          .flatMap((element) =>
            [...element.childNodes].filter(({ nodeType }) => nodeType === 3).map(({ textContent }) => textContent),
          )
          .join(' '),
      )
      .join(' '),
  );
  const page = readWords(
    parse((await own.renderPage(route)).main.text)
      .body.innerHTML.replaceAll('<wbr>', '')
      .replace(/<[^>]+>/g, ' ')
      .replaceAll('&quot;', '"'),
  );

  expect([...words].filter((word) => !page.has(word) && !REPLACED.test(word))).toEqual([]);
});

describe.each([
  ['many features', other],
  ['a list, a create and a delete', small],
])('a description with %s', (_, description) => {
  test.each([...description.routes])('the page /$path has every member', async (route) => {
    const text = parse((await description.renderPage(route)).main.text).body.textContent;
    const schema = { $ref: `#/components/schemas/${route.key}` };
    const names =
      route.kind === 'schema'
        ? listMembers(description.document, schema).map(
            ({ name }) =>
              name
                .split(/[.[\]]+/)
                .filter(Boolean)
                .at(-1) ?? '',
          )
        : [];

    expect(names.filter((name) => !/^\d*$/.test(name) && !text.includes(name))).toEqual([]);
  });
});

test.each([
  ['enum values and defaults', /^GET /, ['en', 'de', 'by default', 'more than 0']],
  ['responses of every kind', /^GET /, ['4XX', 'default', 'Any other status', 'application/xml']],
  ['bodies that are files', /^PUT /, ['photo', 'The new animal.', 'multipart/form-data']],
])('an operation shows %s', async (_, key, words) => {
  const route = other.routes.find((each) => key.test(each.key));
  if (!route) throw new Error(`no operation ${key}`);
  const text = parse((await other.renderPage(route)).main.text).body.textContent;

  expect(words.filter((word) => !text.includes(word))).toEqual([]);
});
