import './production.ts';
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { StaticRouter } from 'react-router';
import { logoFromSpec, prepareApiDocs, RedoclyApiDocsStandalone, ServerStyleSheet } from 'redoc';
import type { Document } from './description.ts';

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
