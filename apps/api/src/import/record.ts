/** A value that was read from a line of a file, or the reason why the line cannot be read. */
export type SourceRecord =
  | { readonly line: number; readonly value: unknown }
  | { readonly line: number; readonly fault: string };
