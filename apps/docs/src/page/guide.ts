import { Markup, markup, unescapeMarkup } from '@firstofficer/common/markup';
import { Marked, type Parser, type RendererObject, type Token, type Tokens } from 'marked';
import { findLanguage } from '../content/languages.ts';
import { type Code, renderCode } from './code.ts';
import { renderContents, renderContentsMenu } from './contents.ts';
import { renderDiagram } from './diagrams.ts';
import { renderLanguages } from './languages.ts';
import { type PageLink, renderNextLinks } from './next-links.ts';
import type { ContentsEntry, PageContent } from './page.ts';
import { type Cell, renderTable } from './table.ts';

/** A guide whose links are resolved, with its neighbors. */
export interface GuidePage {
  /** The text, which starts with the title and a paragraph that describes the guide. */
  readonly markdown: string;
  /** The SVG files of the diagrams, by the paragraphs that they replace. */
  readonly diagrams?: ReadonlyMap<string, string>;
  readonly previous?: PageLink | undefined;
  readonly next?: PageLink | undefined;
}

/**
 * Returns the page of a guide.
 *
 * @example
 * renderGuide({ markdown: '# Identifiers\n\nA customer has …\n\n## Exact matching\n\n…' }).contents;
 * // [{ id: 'exact-matching', title: 'Exact matching', depth: 2 }]
 */
export function renderGuide({ markdown, diagrams = new Map(), previous, next }: GuidePage): PageContent {
  const contents: ContentsEntry[] = [];
  const marked = new Marked({ renderer: createRenderer(contents, diagrams) });
  const [title, lead, ...rest] = marked.lexer(markdown).filter(({ type }) => type !== 'space');
  const head = renderHead(marked, title, lead);
  const body = groupCode(rest).map((block) =>
    Array.isArray(block) ? renderExamples(block) : new Markup(marked.parser([block])),
  );
  const main = markup`<article class="guide">
${head}${renderContentsMenu(contents)}
${body}${renderNextLinks(previous, next)}
</article>${renderContents(contents)}`;
  return { main, layout: 'guide', contents };
}

/** Returns the title, and the first paragraph as the lead. */
function renderHead(marked: Marked, title: Token | undefined, lead: Token | undefined): Markup {
  const heading = new Markup(title ? marked.parser([title]) : '');
  if (lead?.type !== 'paragraph') return markup`${heading}${new Markup(lead ? marked.parser([lead]) : '')}`;
  return markup`${heading}<p class="lead">${new Markup(marked.Parser.parseInline(lead.tokens ?? []))}</p>`;
}

/** Code of a guide with its output. */
interface Example extends Code {
  readonly output?: Code;
}

/** Languages of data. After a program they are its output. */
const DATA = new Set(['json', 'text', 'yaml', 'xml', '']);
const OUTPUT = new Set(['json', 'text']);
const SHELLS = new Set(['sh', 'bash', 'shell']);

/** Returns the blocks of a guide in order. Code blocks that directly follow each other become one list of examples. */
function groupCode(tokens: readonly Token[]): (Token | Example[])[] {
  const blocks: (Token | Example[])[] = [];
  for (const token of tokens) {
    const examples = blocks.at(-1);
    if (token.type !== 'code') blocks.push(token);
    else if (Array.isArray(examples)) addExample(examples, readCode(token as Tokens.Code));
    else blocks.push([readCode(token as Tokens.Code)]);
  }
  return blocks;
}

function addExample(examples: Example[], code: Code): void {
  const last = examples.at(-1);
  const isOutput = last && !last.output && !DATA.has(last.lang) && OUTPUT.has(code.lang);
  if (isOutput) examples[examples.length - 1] = { ...last, output: code };
  else examples.push(code);
}

function readCode({ text, lang = '' }: Tokens.Code): Code {
  return { code: text, lang };
}

function renderExamples(examples: readonly Example[]): Markup[] {
  return groupLanguages(examples).map((group) => {
    const variants = group.map(({ code, lang, output }) => ({
      language: lang,
      content: renderCode(code, lang, output && { output }),
    }));
    return variants.length > 1 ? renderLanguages(variants) : markup`${variants.map(({ content }) => content)}`;
  });
}

/** Groups programs in different languages. Commands in a shell are steps, and do the same as no other example. */
function groupLanguages(examples: readonly Example[]): Example[][] {
  const groups: Example[][] = [];
  const isProgram = ({ lang }: Example) => !SHELLS.has(lang) && findLanguage(lang) !== undefined;
  for (const example of examples) {
    const group = groups.at(-1);
    const isVariant = group?.every((other) => isProgram(other) && other.lang !== example.lang) && isProgram(example);
    if (group && isVariant) group.push(example);
    else groups.push([example]);
  }
  return groups;
}

/** Renders what differs from plain Markdown, and adds each heading to the contents. */
function createRenderer(contents: ContentsEntry[], diagrams: ReadonlyMap<string, string>): RendererObject {
  const ids = new Set<string>();
  return {
    heading({ tokens, depth, text }) {
      const content = new Markup(this.parser.parseInline(tokens));
      if (depth === 1) return markup`<h1>${content}</h1>\n`.text;
      const title = toPlainText(this.parser, tokens);
      const id = createId(text, ids);
      if (depth <= 3) contents.push({ id, title, depth });
      const anchor = markup`<a class="anchor" href="#${id}" aria-label="Link to ${title}"></a>`;
      return markup`<h${depth} id="${id}">${content}${anchor}</h${depth}>\n`.text;
    },
    code: ({ text, lang = '' }) => renderCode(text, lang).text,
    table({ header, rows }) {
      const toCell = ({ tokens }: Tokens.TableCell): Cell => ({
        content: new Markup(this.parser.parseInline(tokens)),
        text: toPlainText(this.parser, tokens),
      });
      const body = rows.map((row) => row.map(toCell));
      return renderTable(header.map(toCell), body).text;
    },
    paragraph({ tokens }) {
      const diagram = diagrams.get(toPlainText(this.parser, tokens));
      return diagram === undefined ? false : renderDiagram(diagram).text;
    },
  };
}

function toPlainText(parser: Parser, tokens: Token[]): string {
  return unescapeMarkup(parser.parseInline(tokens, parser.textRenderer));
}

/** Returns an ID that no other heading has. */
function createId(heading: string, ids: Set<string>): string {
  const slug = createSlug(heading);
  let id = slug;
  for (let number = 2; ids.has(id); number++) id = `${slug}-${number}`;
  ids.add(id);
  return id;
}

/** The fragments of published links depend on this function. */
function createSlug(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}
