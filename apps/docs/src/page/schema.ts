import { Markup, markup } from '@firstofficer/common/markup';
import { findExamples } from '../markdown/examples.ts';
import { mergeSchema } from '../markdown/schema.ts';
import { renderAllMembers } from '../reference/all-members.ts';
import { listNames, readSections } from '../reference/clean.ts';
import { renderLimits, renderMembers, renderType } from '../reference/member-row.ts';
import type { Route } from '../reference/redoc.ts';
import { renderCode } from './code.ts';
import type { PageContent } from './page.ts';
import { createRowContext, type ReferenceSource, renderNotice } from './reference-source.ts';

/** Returns the page of a schema: its description, its members, and an example of the description beside them. */
export function renderSchemaPage({ key, title, link, deprecation }: Route, source: ReferenceSource): PageContent {
  const sections = readSections(source.reference.render(link));
  const context = createRowContext(source, sections);
  const { document } = context;
  const schema = { $ref: `#/components/schemas/${key}` };
  const members = sections.flatMap((section) => renderMembers(context, section.members, schema));
  const shown = listNames(sections.flatMap((section) => section.members));
  const further = renderAllMembers(document, schema, shown);
  const { keywords } = mergeSchema(document, schema);
  const description = markup`${sections.map((section) => section.description)}`;
  const facts = markup`<p class="member-type">Type: ${renderType({ ...context, findUrl: () => undefined }, keywords)}</p>${renderLimits(context, keywords, description)}`;
  const list = members.length === 0 ? facts : markup`<h2 id="members">Members</h2>${members}`;
  const examples = findExamples(document, { schema })
    .filter(({ value }) => value !== undefined)
    .map(({ value }) => renderCode(JSON.stringify(value, null, 2), 'json', { label: 'Example' }));
  const main = markup`<article class="reference"><div class="row"><div class="row-text"><h1>${breakName(title)}</h1>${deprecation && renderNotice(deprecation, source)}${description}${list}${further}</div><div class="row-panel">${examples}</div></div></article>`;
  return { main, layout: 'reference', contents: [] };
}

/** Lets a name such as `ErrorResponse` wrap before its capitals. */
function breakName(name: string): Markup[] {
  return name
    .split(/(?<=[a-z])(?=[A-Z])/)
    .map((part, index) => markup`${index === 0 ? '' : new Markup('<wbr>')}${part}`);
}
