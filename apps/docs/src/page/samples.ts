import { type Markup, markup } from '@firstofficer/common/markup';
import { findLanguage } from '../content/languages.ts';
import { renderCode } from './code.ts';
import { splitExpectedOutput } from './expected-output.ts';
import { renderLanguageControl, renderVariants, type Variant } from './languages.ts';

/** A sample in the panel of an operation. */
export interface PanelSample {
  /** The name of the case that the sample shows, such as `A lost customer`. */
  readonly title: string;
  /** The name of the language, such as `TypeScript`. */
  readonly lang: string;
  readonly source: string;
}

/** The panel beside an operation. */
export interface SamplePanel {
  readonly operationId: string;
  readonly method: string;
  /** The path as in the description, such as `/v2/customers/{customer}`. */
  readonly path: string;
  /** The samples in the order of the cases. */
  readonly samples: readonly PanelSample[];
  /** Whether the panel has a button that lets the reader send the request. */
  readonly hasTryIt: boolean;
}

/**
 * Returns the panel with the samples of an operation. The reader chooses the language, which holds for the whole site,
 * and the case. Without a script, each case is a part that the reader can open, with the sample in every language.
 *
 * @example
 * renderSamples({ operationId: 'retrieveCustomer', method: 'get', path: '/customers/{id}', samples, hasTryIt: true });
 */
export function renderSamples({ operationId, method, path, samples, hasTryIt }: SamplePanel): Markup {
  const titles = [...new Set(samples.map(({ title }) => title))];
  const tryIt = hasTryIt
    ? markup`<div class="samples-try"><button type="button" class="try-it" data-try-it="${operationId}">Try it</button><p>Runs in this page. No key is needed.</p></div>`
    : undefined;
  return markup`<section class="samples" id="${operationId}/samples" aria-label="Code samples" data-languages><div class="samples-request"><span class="method">${method.toUpperCase()}</span> <code>${breakPath(path)}</code></div>${renderControls(samples, titles)}${titles.map((title, index) => renderCase(title, { samples, operationId, isOpen: index === 0 }))}${tryIt}</section>`;
}

/** Lets the path wrap before its slashes, because a path is one long word. */
function breakPath(path: string): Markup {
  const [first = '', ...rest] = path.split(/(?<=.)(?=\/)/);
  return markup`${first}${rest.map((part) => markup`<wbr>${part}`)}`;
}

function renderControls(samples: readonly PanelSample[], titles: readonly string[]): Markup {
  const variants = samples.map(toVariant);
  const options = titles.map((title) => markup`<option>${title}</option>`);
  const cases =
    titles.length > 1
      ? markup`<label class="case-choice">Case <select data-choose-case autocomplete="off">${options}</select></label>`
      : undefined;
  return markup`<div class="samples-controls">${renderLanguageControl(variants)}${cases}</div>`;
}

interface CaseOptions {
  readonly samples: readonly PanelSample[];
  readonly operationId: string;
  readonly isOpen: boolean;
}

function renderCase(title: string, { samples, operationId, isOpen }: CaseOptions): Markup {
  const variants = samples.filter((sample) => sample.title === title).map(toVariant);
  const open = isOpen ? markup` open` : undefined;
  return markup`<details class="case" name="${operationId}/case"${open}><summary>${title}</summary>${renderVariants(variants)}</details>`;
}

function toVariant({ lang, source, title }: PanelSample): Variant {
  const language = findLanguage(lang);
  const label = `${language?.label ?? lang} · ${title}`;
  const { code, ...options } = splitExpectedOutput(source);
  return { language: lang, content: renderCode(code, language?.lang ?? lang.toLowerCase(), { label, ...options }) };
}
