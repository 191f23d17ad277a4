import './production.ts';
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { StaticRouter } from 'react-router';
import { logoFromSpec, prepareApiDocs, RedoclyApiDocsStandalone, ServerStyleSheet } from 'redoc';
import { FILES } from '../publish/index.ts';
import type { Sample } from '../samples/index.ts';
import { type Document, SCHEMAS } from './description.ts';

/** An entry of Redoc's menu. */
export interface MenuItem {
  readonly type: string;
  readonly label: string;
  readonly link?: string;
  readonly httpVerb?: string;
  readonly httpPath?: string;
  readonly items?: readonly MenuItem[];
}

/** Redoc's options. The browser must use the same options as the build, or hydration fails. */
export type RedocOptions = Readonly<Record<string, unknown>>;

/** Renders the pages of a description. */
export interface Reference {
  readonly menu: readonly MenuItem[];
  /** Returns the HTML of the page at a link of the menu. */
  render(link: string): string;
  /** Returns the CSS of all pages rendered so far. */
  css(): string;
}

/**
 * Loads a description into Redoc for rendering. The installed Redoc is the version that the browser bundle comes from.
 *
 * @throws Error with Redoc's message if Redoc cannot read the description.
 * @example
 * const reference = await loadReference(document, options);
 * const html = reference.render('/');
 */
export async function loadReference(document: Document, options: RedocOptions): Promise<Reference> {
  const basePath = String(options.basePath ?? '/');
  const prepared = await prepareApiDocs({ spec: document, options: { ...options }, basePath });
  // All pages use one style sheet, because they share one CSS file.
  const sheet = new ServerStyleSheet();
  const { items, store } = prepared;
  return {
    menu: items as readonly MenuItem[],
    render: (link) => {
      const logo = logoFromSpec(prepared.document);
      const props = { items, store, basePath, logo, options: prepared.options, spec: prepared.document };
      const page = createElement(RedoclyApiDocsStandalone, { ...props, telemetryConfig: { disabled: true } });
      return renderToString(sheet.collectStyles(createElement(StaticRouter, { location: link }, page)));
    },
    css: () =>
      [...sheet.getStyleTags().matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)].map(([, text]) => text).join('\n'),
  };
}

/** The files that readers can download, in the order of the menu. */
const DOWNLOADS = [
  { title: 'OpenAPI (YAML)', file: FILES.yaml },
  { title: 'OpenAPI (JSON)', file: FILES.json },
  { title: 'Postman collection', file: FILES.collection },
];

/**
 * Returns Redoc's options for a site at a base path.
 *
 * @example
 * const options = buildRedocOptions('/', await readSamples());
 */
export function buildRedocOptions(base: string, samples: readonly Pick<Sample, 'label'>[]): RedocOptions {
  return {
    router: 'history',
    basePath: base === '/' ? '/' : base.slice(0, -1),
    schemaDefinitionsTagName: SCHEMAS,
    // Redoc shows only one sample per language, so each label is listed as a separate language.
    codeSamples: {
      languages: [...new Set(samples.map(({ label }) => label))].map((label) => ({ lang: label, label })),
    },
    downloadUrls: DOWNLOADS.map(({ title, file }) => ({ title, url: base + file })),
    // Expands all example values of the API completely: the deepest one is an object in an object.
    jsonSamplesExpandLevel: 4,
    schemasExpansionLevel: 2,
    skipBundle: true,
    disableTelemetry: true,
  };
}
