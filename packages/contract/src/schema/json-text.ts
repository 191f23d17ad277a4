import { visit } from 'jsonc-parser';

/** A number with its spelling in the JSON text. */
interface NumberLiteral {
  readonly path: readonly (string | number)[];
  readonly source: string;
}

/** Facts that `JSON.parse` hides: it keeps only the last of duplicate members, and rounds numbers. */
export interface JsonText {
  /** The paths of members that occur more than once, such as `body/id`. */
  readonly duplicates: readonly string[];
  readonly numbers: readonly NumberLiteral[];
}

/** Finds duplicate members and number literals in valid JSON. */
export function readJsonText(text: string): JsonText {
  const numbers: NumberLiteral[] = [];
  const duplicates: string[] = [];
  const open: Set<string>[] = [];
  visit(text, {
    onObjectBegin: () => {
      open.push(new Set());
    },
    onObjectEnd: () => {
      open.pop();
    },
    onObjectProperty: (name, _offset, _length, _line, _column, pathSupplier) => {
      const names = open.at(-1);
      if (names?.has(name)) duplicates.push(['body', ...pathSupplier(), name].join('/'));
      names?.add(name);
    },
    onLiteralValue: (value, offset, length, _line, _column, pathSupplier) => {
      if (typeof value === 'number')
        numbers.push({ path: pathSupplier(), source: text.slice(offset, offset + length) });
    },
  });
  return { duplicates, numbers };
}
