import { formatMoney } from '@firstofficer/common/currency';
import { Markup, markup } from '@firstofficer/common/markup';
import { asObject, asString, type JsonObject, listEntries, resolveReference } from '@firstofficer/openapi';
import { marked } from 'marked';
import type { Guide } from '../content/guides.ts';
import type { Sample } from '../content/samples.ts';
import { parseJson } from '../json.ts';
import type { Document } from '../reference/description.ts';
import type { ResolveLink } from '../reference/guide-markdown.ts';
import { renderCode } from './code.ts';
import { splitExpectedOutput } from './expected-output.ts';
import { type IconName, renderIcon } from './icons.ts';
import type { MenuGroup, MenuPage } from './menu.ts';
import type { PageContent } from './page.ts';

/** The sources of the front page. */
export interface HomePage {
  readonly document: Document;
  readonly guides: readonly Guide[];
  readonly samples: readonly Sample[];
  readonly menu: readonly MenuGroup[];
  /** Resolves links such as `1-get-started.md`. */
  readonly resolve: ResolveLink;
}

/**
 * Returns the front page: what the API is, the first call with its response, four links to start from, the object that the
 * call returns, and the paragraphs of the description. A part that the description has no content for is left out.
 *
 * @example
 * renderHome({ document, guides, samples, menu, resolve }).layout; // 'home'
 */
export function renderHome(page: HomePage): PageContent {
  const { title, summary = title } = page.document.info;
  const [lead, ...paragraphs] = asString(asObject(page.document.info).description ?? '').split(/\n{2,}/);
  const call = findFirstCall(page.samples);
  const main = markup`<section class="hero">
<h1>${summary.replace(/\.$/, '')}</h1>
${lead && markup`<div class="lead">${toMarkup(lead)}</div>`}
${renderActions(page)}</section>
${call && renderCall(page.document, call)}
${renderDoors(page)}
${renderTopics(paragraphs, page)}`;
  return { main, layout: 'home', contents: [] };
}

function toMarkup(markdown: string): Markup {
  return new Markup(marked.parse(markdown, { async: false }));
}

function renderActions({ guides: [first], menu, resolve }: HomePage): Markup {
  const operation = findOperation(menu);
  const start = first && markup`<a class="button button-primary" href="${resolve(first.file)}">${first.title}</a>`;
  const call = operation && markup`<a class="button" href="${operation.url}">${operation.title}</a>`;
  return markup`<p class="actions">${start} ${call}</p>`;
}

/** Returns the first operation that is not deprecated. */
function findOperation(menu: readonly MenuGroup[]): MenuPage | undefined {
  return menu.flatMap(({ pages }) => pages).find(({ method, isDeprecated }) => method && !isDeprecated);
}

/** The first code sample, and what it prints. */
interface Call {
  readonly code: string;
  readonly answer: JsonObject | undefined;
}

function findFirstCall([sample]: readonly Sample[]): Call | undefined {
  if (!sample) return undefined;
  const { code, output } = splitExpectedOutput(sample.source);
  return { code, answer: parseObject(output?.code ?? '') };
}

function parseObject(text: string): JsonObject | undefined {
  const value = parseJson(text);
  return value === undefined ? undefined : asObject(value);
}

/** Returns the call, the object that it returns in words, and the response. */
function renderCall(document: Document, { code, answer }: Call): Markup {
  const request = renderCode(code, 'sh', { label: 'The first call' });
  const object = answer && renderObject(document, { code, answer });
  const response = answer && renderCode(JSON.stringify(answer, null, 2), 'json', { label: 'The response' });
  return markup`<section class="call" aria-label="The first call"><div class="call-request">${request}${object}</div>${response}</section>`;
}

/** Returns links to the first guide, the first operation, and the guides about errors and about tests. */
function renderDoors({ guides, menu, resolve }: HomePage): Markup | undefined {
  const [first, ...others] = guides;
  const operation = findOperation(menu);
  const doors = [
    first && renderGuideDoor(first, 'start', resolve),
    operation && renderDoor({ ...operation, text: 'Every parameter, response and member.', icon: 'reference' }),
    ...([/error/, /contract/] as const).map((pattern, index) => {
      const guide = others.find(({ slug }) => pattern.test(slug));
      return guide && renderGuideDoor(guide, index === 0 ? 'errors' : 'tests', resolve);
    }),
  ].filter((door) => door !== undefined);
  return doors.length === 0 ? undefined : markup`<nav class="doors" aria-label="Start here">${doors}</nav>`;
}

function renderGuideDoor({ title, file, description }: Guide, icon: IconName, resolve: ResolveLink): Markup {
  return renderDoor({ title, url: resolve(file), text: takeSentence(description), icon });
}

function renderDoor({ title, url, text, icon }: MenuPage & { readonly text: string; readonly icon: IconName }): Markup {
  return markup`<a class="card door" href="${url}">${renderIcon(icon)}<b>${title}</b><span>${text}</span></a>`;
}

function takeSentence(text: string): string {
  return /^[\s\S]*?[.:](?=\s|$)/.exec(text)?.[0].replace(/:$/, '.') ?? text;
}

/** Returns the object that the first call returns, with its amounts in words. Undefined if it has no amounts. */
function renderObject(document: Document, { code, answer = {} }: Call): Markup | undefined {
  const currency = asString(answer.currency ?? '');
  const schema = listEntries(document, document.components?.schemas).find(([, candidate]) =>
    Object.keys(answer).every((name) => name in asObject(candidate.properties ?? {})),
  );
  if (!schema || !/^[a-z]{3}$/.test(currency)) return undefined;
  const [name, { properties }] = schema;
  const figures = Object.entries(asObject(properties)).flatMap(([member, property]) => {
    const value = answer[member];
    const text = typeof value === 'number' && formatFigure(document, { property, value, currency });
    return text ? [renderFigure(document, { member, property, value, text })] : [];
  });
  if (figures.length === 0) return undefined;
  const words = code.split(/[^\w-]+/);
  const id = Object.values(answer).find((value) => words.includes(String(value)));
  return markup`<div class="object"><p class="object-name"><b>${name}</b>${id === undefined ? undefined : markup` <code>${String(id)}</code>`}</p><dl>${figures}</dl></div>`;
}

/** A whole number beside the currency is an amount if it has a schema of its own, and a count if 0 is its minimum. */
function formatFigure(
  document: Document,
  { property, value, currency }: { property: unknown; value: number; currency: string },
): string | undefined {
  const { type, minimum } = resolveReference(document, property);
  if (type !== 'integer') return undefined;
  if ('$ref' in asObject(property)) return formatMoney(value, currency);
  return minimum === 0 ? value.toLocaleString('en-US') : undefined;
}

interface Figure {
  readonly member: string;
  readonly property: unknown;
  readonly value: unknown;
  readonly text: string;
}

function renderFigure(document: Document, { member, property, value, text }: Figure): Markup {
  const own = asObject(property).description ?? resolveReference(document, property).description ?? '';
  const description = takeSentence(asString(own).trim()).replace(/, in the smallest unit of `\w+`/, '');
  return markup`<div><dt>${text}</dt><dd>${toMarkup(description)}<code>${member}: ${String(value)}</code></dd></div>`;
}

/** Returns the paragraphs that start with a bold title as cards. Each links to the guide with the same title. */
function renderTopics(paragraphs: readonly string[], { guides, resolve }: HomePage): Markup {
  const cards: Markup[] = [];
  const rest: Markup[] = [];
  for (const paragraph of paragraphs) {
    const [, title, text] = /^\*\*(.+?)\.?\*\*\s*([\s\S]+)/.exec(paragraph) ?? [];
    if (title === undefined || text === undefined) {
      rest.push(toMarkup(paragraph));
      continue;
    }
    const guide = guides.find((candidate) => candidate.title.toLowerCase().startsWith(title.toLowerCase()));
    const link = guide && markup`<p><a href="${resolve(guide.file)}">${guide.title}</a></p>`;
    cards.push(markup`<div class="card topic"><h3>${title}</h3>${toMarkup(text)}${link}</div>`);
  }
  const introduction = rest.length > 0 ? markup`<section class="introduction">${rest}</section>` : undefined;
  const list =
    cards.length > 0
      ? markup`<section aria-labelledby="topics"><h2 id="topics">How it works</h2><div class="topics">${cards}</div></section>`
      : undefined;
  return markup`${introduction}${list}`;
}
