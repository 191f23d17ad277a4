import type { Fence } from './fence.ts';

/**
 * A page of the docs that tells how to do something.
 *
 * @example
 * const { title, markdown }: Guide = (await readGuides())[0];
 */
export interface Guide {
  /** Its place among the guides, from 1. */
  readonly order: number;
  /** Its name in addresses, such as `get-started`. */
  readonly slug: string;
  /** Its heading. */
  readonly title: string;
  /** Its first paragraph as plain text. */
  readonly description: string;
  /** All its text, the heading included. Its fences are filled, and name nothing but their language. */
  readonly markdown: string;
  /** Its fences, in their order. */
  readonly fences: readonly Fence[];
  /** Where it leads, with the line of its file. */
  readonly links: readonly { readonly target: string; readonly line: number }[];
  /** Its file below `guides`, such as `1-get-started.md`. */
  readonly file: string;
}
