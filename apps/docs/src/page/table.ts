import { type Markup, markup } from '@firstofficer/common/markup';

/** A cell of a table. */
export interface Cell {
  readonly content: Markup;
  /** The content as plain text. */
  readonly text: string;
}

/** The longest text of a cell that is a value rather than a sentence, such as "16 Jan, 12:00". */
const SHORT = 16;
/** The longest text in the first column that names a row. */
const NAME = 48;
/** The number of characters in a row that fit on a phone. */
const PHONE = 34;

/**
 * Returns a table. On phones its rows become stacks, in which each cell has the name of its column as a label. The
 * roles keep it a table for screen readers.
 *
 * @example
 * renderTable([{ content: markup`Status`, text: 'Status' }], [[{ content: markup`200`, text: '200' }]]);
 */
export function renderTable(head: readonly Cell[], rows: readonly (readonly Cell[])[]): Markup {
  const headCells = head.map(({ content }) => markup`<th role="columnheader" scope="col">${content}</th>`);
  const bodyRows = rows.map((row) => {
    const cells = row.map(
      ({ content }, index) => markup`<td role="cell" data-label="${head[index]?.text}"><span>${content}</span></td>`,
    );
    return markup`<tr role="row">${cells}</tr>`;
  });
  return markup`<table role="table" class="${chooseLayout(head, rows)}"><thead role="rowgroup"><tr role="row">${headCells}</tr></thead><tbody role="rowgroup">${bodyRows}</tbody></table>`;
}

/**
 * Returns the layout on phones: `fits` is a table, `stack` has a row as a stack of cells, and `figures` has the values
 * of a row side by side. `named` means that the first cell of a row is the title of the others.
 */
function chooseLayout(head: readonly Cell[], rows: readonly (readonly Cell[])[]): string {
  const widths = head.map(({ text }, index) =>
    Math.max(text.length, ...rows.map((row) => row[index]?.text.length ?? 0)),
  );
  const [first = 0, ...others] = widths;
  if (widths.reduce((sum, width) => sum + width, 0) <= PHONE) return 'fits';
  if ([2, 3, 4].includes(others.length) && others.every((width) => width <= SHORT)) {
    return `figures values-${others.length} named`;
  }
  return first <= NAME ? 'stack named' : 'stack';
}
