/** What was read from a place in a file: a value, or why there is none. */
export type SourceRecord =
  | { readonly line: number; readonly value: unknown }
  | { readonly line: number; readonly fault: string };
