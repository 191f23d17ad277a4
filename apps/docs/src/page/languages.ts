import { type Markup, markup } from '@firstofficer/common/markup';
import { findLanguage, LANGUAGES } from '../content/languages.ts';

/** The same code in one of several languages. */
export interface Variant {
  /** The name of the language, such as `ts`, `typescript` or `TypeScript`. */
  readonly language: string;
  /** The code as a figure. */
  readonly content: Markup;
}

/**
 * Returns code in several languages, of which the page shows one. The reader chooses the language for the whole site.
 * Without a script, all of them are shown.
 *
 * @example
 * renderLanguages([
 *   { language: 'ts', content: renderCode('await run();', 'ts') },
 *   { language: 'ruby', content: renderCode('run', 'ruby') },
 * ]);
 */
export function renderLanguages(variants: readonly Variant[]): Markup {
  return markup`<div class="languages" data-languages>${renderLanguageControl(variants)}${renderVariants(variants)}</div>`;
}

/** Returns the buttons that choose one of the languages of the variants. There are none for fewer than two languages. */
export function renderLanguageControl(variants: readonly Variant[]): Markup | undefined {
  const ids = new Set(variants.map(({ language }) => findLanguage(language)?.id));
  const languages = LANGUAGES.filter(({ id }) => ids.has(id));
  if (languages.length < 2) return undefined;
  const buttons = languages.map(
    ({ id, label }) => markup`<button type="button" data-choose-language="${id}">${label}</button>`,
  );
  return markup`<div class="language-buttons" role="group" aria-label="Language">${buttons}</div>`;
}

/** Returns the variants. Those in a language that readers cannot choose are always shown. */
export function renderVariants(variants: readonly Variant[]): Markup {
  const known = LANGUAGES.flatMap(({ id }) => variants.filter(({ language }) => findLanguage(language)?.id === id));
  const other = variants.filter(({ language }) => !findLanguage(language));
  const choices = known.map(
    ({ language, content }) => markup`<div data-language="${findLanguage(language)?.id}">${content}</div>`,
  );
  return markup`${known.length > 0 ? markup`<div class="variants">${choices}</div>` : undefined}${other.map(({ content }) => content)}`;
}
