import { Markup, markup } from '@firstofficer/common/markup';
import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import python from 'highlight.js/lib/languages/python';
import ruby from 'highlight.js/lib/languages/ruby';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';

const GRAMMARS = { bash, javascript, json, python, ruby, typescript, xml, yaml };
for (const [name, grammar] of Object.entries(GRAMMARS)) hljs.registerLanguage(name, grammar);

/** The labels of languages, by the names that fences use. */
const LABELS: Readonly<Record<string, string>> = {
  sh: 'Terminal',
  bash: 'Terminal',
  ts: 'TypeScript',
  typescript: 'TypeScript',
  js: 'JavaScript',
  javascript: 'JavaScript',
  ruby: 'Ruby',
  rb: 'Ruby',
  python: 'Python',
  py: 'Python',
  json: 'JSON',
  yaml: 'YAML',
  xml: 'XML',
};

/** Code in a language. */
export interface Code {
  readonly code: string;
  /** The language as a fence names it, such as `ts`. Code in an unknown language has no colors. */
  readonly lang: string;
  /** The text above the code. It is the name of the language by default. */
  readonly label?: string;
}

/**
 * Returns code as a figure with a caption and a button that copies the code.
 *
 * @param output - What the code prints. It becomes a second part of the figure, with its own button.
 * @example
 * renderCode('curl https://api.example.com/', 'sh', { output: { code: '{"id":1}', lang: 'json' } });
 */
export function renderCode(
  code: string,
  lang: string,
  { label = getLabel(lang), output }: { readonly label?: string; readonly output?: Code } = {},
): Markup {
  const result = output && renderPart({ label: 'Output', ...output }, { className: 'output' });
  return renderPart({ code, lang, label }, { className: 'code', content: result });
}

/** The figure of the output is inside the other, so that the first `code` of each figure is its own. */
function renderPart(
  { code, lang, label = '' }: Code,
  { className, content }: { className: string; content?: Markup | undefined },
): Markup {
  return markup`<figure class="${className}"><figcaption><span>${label}</span><button type="button" class="copy">Copy</button></figcaption><pre><code>${highlight(code, lang)}</code></pre>${content}</figure>`;
}

/**
 * Returns the label of a language.
 *
 * @example
 * getLabel('sh'); // 'Terminal'
 */
function getLabel(lang: string): string {
  return LABELS[lang] ?? 'Text';
}

const URLS = /https?:\/\/[^\s<>"'&]+/g;

/**
 * Returns code as markup with the classes of highlight.js, such as `hljs-string`.
 *
 * @example
 * highlight('{"id":1}', 'json');
 */
function highlight(code: string, lang: string): Markup {
  if (!hljs.getLanguage(lang)) return markup`${code}`;
  const { value } = hljs.highlight(code, { language: lang, ignoreIllegals: true });
  // A long URL is one word. On a phone, it would leave the rest of its line empty.
  return new Markup(value.replaceAll(URLS, (url) => url.replaceAll(/(?<=\w\/)(?=\w)/g, '<wbr>')));
}
