import { type Markup, markup } from '@firstofficer/common/markup';
import { type Deprecation, listOperations } from '@firstofficer/openapi';
import type { ListedMember, Section } from '../reference/clean.ts';
import { renderDeprecation } from '../reference/deprecation.ts';
import type { Document } from '../reference/description.ts';
import { createUniqueIds } from '../reference/ids.ts';
import type { RowContext } from '../reference/member-row.ts';
import type { Route } from '../reference/redoc.ts';

/** The sources of the pages of the reference. */
export interface ReferenceSource {
  readonly base: string;
  readonly reference: {
    /** The description, as Redoc renders it. */
    readonly definition: Document;
    readonly routes: readonly Route[];
    /** Returns Redoc's HTML of the page at a link of the menu. */
    render(link: string): string;
  };
}

/**
 * Creates the context for the rows of a new page.
 *
 * @param sections - The sections of the page, whose rows can replace others.
 */
export function createRowContext({ reference }: ReferenceSource, sections: readonly Section[]): RowContext {
  const { definition: document, routes } = reference;
  const findUrl = (name: string) => routes.find(({ kind, key }) => kind === 'schema' && key === name)?.link;
  const rows = sections.flatMap(({ members }) => listRows(members));
  const findReplacement = (name: string, id: string) => {
    const found = rows.filter((row) => row.name === name.split('.').at(-1));
    const [nearest] = found.toSorted((a, b) => countShared(b.id, id) - countShared(a.id, id));
    return nearest ? `#${nearest.id}` : findOperation({ reference }, name)?.link;
  };
  return { document, findUrl, findReplacement, toUniqueId: createUniqueIds() };
}

/** Returns the page of the operation with an operationId. */
function findOperation({ reference }: Pick<ReferenceSource, 'reference'>, operationId: string): Route | undefined {
  const operation = listOperations(reference.definition).find(
    ({ definition }) => definition.operationId === operationId,
  );
  return operation && reference.routes.find(({ key }) => key === `${operation.method} ${operation.path}`);
}

/** Returns the notice at the top of the page of a deprecated operation or schema. The replacement has a page as well. */
export function renderNotice(deprecation: Deprecation, source: Pick<ReferenceSource, 'reference'>): Markup {
  const { replacedBy } = deprecation;
  const { routes } = source.reference;
  const route =
    replacedBy === undefined
      ? undefined
      : (findOperation(source, replacedBy) ?? routes.find(({ kind, key }) => kind === 'schema' && key === replacedBy));
  const link = route && markup`<a href="${route.link}">${route.title}</a>`;
  const replacement = link ?? (replacedBy === undefined ? undefined : markup`<code>${replacedBy}</code>`);
  return markup`<div class="deprecation-notice">${renderDeprecation(deprecation, replacement)}</div>`;
}

function listRows(members: readonly ListedMember[]): ListedMember[] {
  return members.flatMap((member) => [member, ...listRows(member.members)]);
}

/** Counts the characters that two IDs begin with. The rows of one object begin with the same. */
function countShared(one: string, other: string): number {
  const index = [...one].findIndex((character, position) => character !== other[position]);
  return index === -1 ? one.length : index;
}
