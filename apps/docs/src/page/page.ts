import type { Markup } from '@firstofficer/common/markup';

/** A heading that the page lists under "On this page". */
export interface ContentsEntry {
  /** The ID of the element that the entry links to. */
  readonly id: string;
  readonly title: string;
  /** 2 for a section, 3 for a subsection. */
  readonly depth: number;
}

/** The content of a page. The shell adds the head, the bar, the menu and the footer. */
export interface PageContent {
  /** The content of `main`, starting with its `h1`. */
  readonly main: Markup;
  /** The class of `main`, which selects its columns. */
  readonly layout: 'home' | 'guide' | 'reference' | 'offline';
  /** The headings in order. Empty if the page shows no list of them. */
  readonly contents: readonly ContentsEntry[];
}
