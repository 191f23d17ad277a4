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

/** Redoc's options; the same in the browser, or hydration would find another page than was rendered. */
export type RedocOptions = Readonly<Record<string, unknown>>;

/** Renders the pages of a description. */
export interface Reference {
  readonly menu: readonly MenuItem[];
  /** The HTML of the page at a path of the menu. */
  render(link: string): string;
  /** The CSS of all pages that were rendered by now. */
  css(): string;
}

/**
 * Prepares a description for rendering by the version of Redoc that the bundle in the browser is.
 *
 * @throws Error with Redoc's words if it cannot read the description.
 * @example
 * const reference = await loadReference(document, options);
 * const html = reference.render('/');
 */
export async function loadReference(document: Document, options: RedocOptions): Promise<Reference> {
  const basePath = String(options.basePath ?? '/');
  const prepared = await prepareApiDocs({ spec: document, options: { ...options }, basePath });
  // One for all pages: they share a file of styles.
  const sheet = new ServerStyleSheet();
  const { items, store } = prepared;
  return {
    menu: items as unknown as readonly MenuItem[],
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

/** What readers can download, in the order of the menu. */
const DOWNLOADS = [
  { title: 'OpenAPI (YAML)', file: FILES.yaml },
  { title: 'OpenAPI (JSON)', file: FILES.json },
  { title: 'Postman collection', file: FILES.collection },
];

/**
 * Redoc's options for a site at an address.
 *
 * @example
 * const options = redocOptions('/', await readSamples());
 */
export function redocOptions(base: string, samples: readonly Pick<Sample, 'label'>[]): RedocOptions {
  return {
    router: 'history',
    basePath: base === '/' ? '/' : base.slice(0, -1),
    schemaDefinitionsTagName: SCHEMAS,
    // Redoc shows one sample a language, knows a few languages, and calls a language what the label of a sample says.
    codeSamples: {
      languages: [...new Set(samples.map(({ label }) => label))].map((label) => ({ lang: label, label })),
    },
    downloadUrls: DOWNLOADS.map(({ title, file }) => ({ title, url: base + file })),
    // Enough for the longest value that the API has, an object in an object.
    jsonSamplesExpandLevel: 4,
    schemasExpansionLevel: 2,
    skipBundle: true,
    disableTelemetry: true,
  };
}
