import { visit } from 'jsonc-parser';

const LONGEST_PREVIEW = 120;

/** Formats a value as JSON for a message, truncated if it is long. */
export function preview(value: unknown): string {
  return truncate(JSON.stringify(value) ?? 'nothing');
}

/** Truncates a long text and appends its length. */
export function truncate(text: string): string {
  return text.length <= LONGEST_PREVIEW ? text : `${text.slice(0, LONGEST_PREVIEW)}… (${text.length} characters)`;
}

/** Returns whether a value is an object and not a list. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Returns the paths at which a value differs from the expected one, such as `body/current_mrr`. Additional members are
 * allowed. The result has no values, because they may be personal data.
 */
export function findDifferences(expected: unknown, actual: unknown, path = 'body'): string[] {
  if (typeof expected !== 'object' || expected === null) return Object.is(expected, actual) ? [] : [path];
  if (typeof actual !== 'object' || actual === null || Array.isArray(expected) !== Array.isArray(actual)) return [path];
  const members = actual as Readonly<Record<string, unknown>>;
  const missing = Array.isArray(expected) && expected.length !== (actual as unknown[]).length ? [`${path}/length`] : [];
  return [
    ...missing,
    ...Object.entries(expected).flatMap(([name, value]) => findDifferences(value, members[name], `${path}/${name}`)),
  ];
}

/** Returns the value at a path such as `body/current_mrr`, or undefined if there is none. */
export function getMember(body: unknown, path: string): unknown {
  return path
    .split('/')
    .slice(1)
    .reduce<unknown>((value, name) => (value as Readonly<Record<string, unknown>> | null | undefined)?.[name], body);
}

/** Facts about a JSON text that `JSON.parse` hides: it keeps only the last of duplicate members, and rounds numbers. */
export interface JsonText {
  /** The paths of members that occur more than once, such as `body/id`. */
  readonly duplicates: readonly string[];
  /** The numbers as they are written. */
  readonly numbers: readonly { readonly path: readonly (string | number)[]; readonly source: string }[];
}

/** Finds duplicate members and numbers in valid JSON. */
export function readJsonText(text: string): JsonText {
  const numbers: JsonText['numbers'][number][] = [];
  const duplicates: string[] = [];
  const openObjects: Set<string>[] = [];
  visit(text, {
    onObjectBegin: () => {
      openObjects.push(new Set());
    },
    onObjectEnd: () => {
      openObjects.pop();
    },
    // biome-ignore lint/complexity/useMaxParams: the library defines this signature.
    onObjectProperty: (name, _offset, _length, _line, _column, pathSupplier) => {
      const names = openObjects.at(-1);
      if (names?.has(name)) duplicates.push(['body', ...pathSupplier(), name].join('/'));
      names?.add(name);
    },
    // biome-ignore lint/complexity/useMaxParams: the library defines this signature.
    onLiteralValue: (value, offset, length, _line, _column, pathSupplier) => {
      if (typeof value === 'number')
        numbers.push({ path: pathSupplier(), source: text.slice(offset, offset + length) });
    },
  });
  return { duplicates, numbers };
}
