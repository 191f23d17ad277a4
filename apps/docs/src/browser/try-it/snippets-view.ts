import { showLanguage } from '../samples.ts';
import { create } from './dom.ts';
import { createFigure } from './figure.ts';
import { renderSnippets, type SnippetRequest } from './snippets.ts';

/** The part of the panel that shows the request as code. */
export interface SnippetsView {
  readonly element: HTMLElement;
  show(request: SnippetRequest): void;
}

/** Creates the view of the request as code, in the language that the reader has chosen for samples. */
export function createSnippetsView(): SnippetsView {
  const element = create('section', {
    class: 'try-snippets languages',
    'aria-label': 'The same request',
    'data-languages': true,
  });
  return {
    element,
    show(request) {
      const snippets = renderSnippets(request);
      const buttons = snippets.map(({ language, label }) =>
        create('button', { type: 'button', 'data-choose-language': language }, label),
      );
      const variants = snippets.map(({ language, label, code }) =>
        create('div', { 'data-language': language }, createFigure(label, color(code))),
      );
      element.replaceChildren(
        create('h3', {}, 'The same request'),
        create('div', { class: 'language-buttons', role: 'group', 'aria-label': 'Language' }, ...buttons),
        create('div', { class: 'variants' }, ...variants),
      );
      showLanguage(document.documentElement.dataset.language ?? '');
    },
  };
}

const TOKENS =
  /(?<string>'''(?:[^\\]|\\.)*?'''|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`)|\b(?<keyword>const|await|import|from|try|except|with|as|do|end|require)\b(?!-)/gs;

/** Colors the texts and the keywords of code. Only Python has texts between three quotes, and a shell has no escapes. */
function color(code: string): (Node | string)[] {
  const nodes: (Node | string)[] = [];
  let end = 0;
  for (const { 0: text, index, groups } of code.matchAll(TOKENS)) {
    const className = groups?.string === undefined ? 'hljs-keyword' : 'hljs-string';
    nodes.push(...addBreaks(code.slice(end, index)), create('span', { class: className }, ...addBreaks(text)));
    end = index + text.length;
  }
  return [...nodes, ...addBreaks(code.slice(end))];
}

/** Lets a URL wrap after its slashes, because it is one long word. */
function addBreaks(text: string): (Node | string)[] {
  return text.split(/(?<=\w\/)(?=\w)/).flatMap((part, index) => (index === 0 ? [part] : [create('wbr'), part]));
}
