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

/** Creates the context for the rows of a new page. */
export function createRowContext({ reference }: ReferenceSource): RowContext {
  const { definition: document, routes } = reference;
  const findUrl = (name: string) => routes.find(({ kind, key }) => kind === 'schema' && key === name)?.link;
  return { document, findUrl, toUniqueId: createUniqueIds() };
}
