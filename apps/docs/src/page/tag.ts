import { Markup, markup } from '@firstofficer/common/markup';
import { asArray, asObject, asString, listOperations } from '@firstofficer/openapi';
import { marked } from 'marked';
import { extractFirstParagraph } from '../markdown/prose.ts';
import { mergeSchema } from '../markdown/schema.ts';
import { DEPRECATED_MARK } from '../reference/deprecation.ts';
import { SCHEMAS } from '../reference/description.ts';
import type { Route } from '../reference/redoc.ts';
import type { PageContent } from './page.ts';
import type { ReferenceSource } from './reference-source.ts';

/** Returns the page of a tag: its description, and a card for each of its operations. */
export function renderTagPage({ key, title }: Route, { reference }: ReferenceSource): PageContent {
  const { definition, routes } = reference;
  const tag = asArray(definition.tags)
    .map(asObject)
    .find(({ name, 'x-displayName': label }) => [name, label].includes(key));
  const cards = key === SCHEMAS ? listSchemas() : listTagOperations();
  const lead = key === SCHEMAS ? 'The objects in requests and responses.' : asString(tag?.description);
  const text = new Markup(marked.parse(lead, { async: false }));
  const main = markup`<article class="reference"><h1>${title}</h1>${text}<ul class="cards">${cards}</ul></article>`;
  return { main, layout: 'reference', contents: [] };

  function listTagOperations(): Markup[] {
    const operations = listOperations(definition).filter(({ definition: { tags } }) =>
      asArray(tags).includes(tag?.name ?? key),
    );
    return operations.flatMap(({ method, path, definition: { description } }) => {
      const route = routes.find((other) => other.kind === 'operation' && other.key === `${method} ${path}`);
      if (!route) return [];
      return markup`<li><a class="card" href="${route.link}"><b>${renderTitle(route)}</b><span class="card-code"><span class="method">${method}</span> <code>${path}</code></span><span>${extractFirstParagraph(description)}</span></a></li>`;
    });
  }

  function listSchemas(): Markup[] {
    return routes
      .filter(({ kind }) => kind === 'schema')
      .map((route) => {
        const { keywords } = mergeSchema(definition, { $ref: `#/components/schemas/${route.key}` });
        return markup`<li><a class="card" href="${route.link}"><b>${renderTitle(route)}</b><span>${extractFirstParagraph(keywords.description)}</span></a></li>`;
      });
  }
}

function renderTitle({ title, deprecation }: Route): Markup {
  return markup`${title}${deprecation && markup` ${DEPRECATED_MARK}`}`;
}
