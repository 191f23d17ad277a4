import { asArray } from '@firstofficer/openapi';
import { getHeader } from '../../http/exchange.ts';
import type { ListShape } from '../../lists/list-shape.ts';
import type { Paging } from '../../lists/paging.ts';
import { getAt } from '../../lists/property.ts';
import type { OperationExchange } from '../../request/operation-exchange.ts';
import type { RequestParts } from '../../request/operation-request.ts';
import type { ParameterValue, ParameterValues } from '../../request/serialization.ts';
import type { Session } from '../check.ts';

/** A response with a part of a list. */
export interface Page {
  readonly exchange: OperationExchange;
  /** Undefined if the response has no list. */
  readonly items: readonly unknown[] | undefined;
}

/** The pages of a list, from the first one on. */
export interface Pages {
  readonly pages: readonly [Page, ...Page[]];
  /** The items of all pages. */
  readonly items: readonly unknown[];
  /** Whether the last page was reached. Otherwise there are further pages, or one of them has no list. */
  readonly isComplete: boolean;
  /** The page that has no list, if any. */
  readonly failed: Page | undefined;
}

/** Which part of a list to read. */
export interface ReadOptions {
  /** The values of the parameters that select and sort the items. */
  readonly parameters?: ParameterValues;
  /** The number of items of a page. Default: as many as the description allows. */
  readonly limit?: number;
  /** The number of pages after which to stop. */
  readonly maxPages?: number;
}

const MAX_PAGES = 20;
// A target may filter items after it selected a page, so a few pages may be empty.
export const MAX_EMPTY_PAGES = 5;
// Larger pages take long.
const LARGEST_LIMIT = 1000;

/** Reads a list page by page. */
export async function readPages(session: Session, shape: ListShape, options: ReadOptions = {}): Promise<Pages> {
  const { parameters = {}, maxPages = MAX_PAGES } = options;
  const maximum = shape.limit?.maximum;
  const limit = options.limit ?? (maximum === undefined ? undefined : Math.min(maximum, LARGEST_LIMIT));
  const fixed = { ...parameters, ...(shape.limit && limit !== undefined && { [shape.limit.parameter.name]: limit }) };
  const first = await readPage(session, shape, { parameters: fixed });
  const pages: [Page, ...Page[]] = [first];
  const state = { count: first.items?.length ?? 0, pages: 1 };
  let failed = first.items ? undefined : first;
  let next = findNext(shape, first, state);
  while (next && !failed && pages.length < maxPages) {
    const page = await readPage(session, shape, 'query' in next ? next : { parameters: { ...fixed, ...next } });
    if (!page.items) {
      // A page after the last one may not exist.
      if (!isNumbered(shape.paging) || page.exchange.status >= 500) failed = page;
      else next = undefined;
      break;
    }
    // Some targets answer a number after that of the last page with the last page.
    if (isNumbered(shape.paging) && isRepeated(pages.at(-1), page)) {
      next = undefined;
      break;
    }
    pages.push(page);
    state.count += page.items.length;
    state.pages += 1;
    next = findNext(shape, page, state);
    if (isStuck(pages)) break;
  }
  const items = pages.flatMap((page) => page.items ?? []);
  return { pages, items, isComplete: !next && !failed, failed };
}

/** Returns whether further pages would bring nothing new: the last ones are empty, or the last one is that before it. */
function isStuck(pages: readonly Page[]): boolean {
  if (pages.slice(-MAX_EMPTY_PAGES).every(({ items = [] }) => items.length === 0))
    return pages.length > MAX_EMPTY_PAGES;
  return isRepeated(pages.at(-2), pages.at(-1));
}

function isRepeated(before: Page | undefined, page: Page | undefined): boolean {
  return page?.items?.length !== 0 && JSON.stringify(before?.items) === JSON.stringify(page?.items);
}

/** Returns whether a list has numbered pages, so that only an empty page shows its end. */
function isNumbered(paging: Paging | undefined): boolean {
  return paging?.kind === 'page' || paging?.kind === 'offset';
}

/** Reads one page. Other parameters of the list than the given ones are left out. */
export async function readPage(session: Session, shape: ListShape, parts: RequestParts): Promise<Page> {
  const { operation, parameters: names, items: path } = shape;
  const given = parts.parameters ?? {};
  const inQuery = operation.parameters.filter(({ in: place }) => place === 'query').map(({ name }) => name);
  const omit = parts.query === undefined ? names.filter((name) => !Object.hasOwn(given, name)) : inQuery;
  const exchange = await session.send({ ...parts, omit }, operation);
  const list = path.length === 0 ? exchange.json : getAt(exchange.json, path);
  const isList = exchange.status >= 200 && exchange.status < 300 && Array.isArray(list);
  return { exchange, items: isList ? asArray(list) : undefined };
}

type Next = ParameterValues | { readonly query: string };

/** Returns how to ask for the next page, or undefined if this is the last one. */
function findNext(
  { paging }: ListShape,
  { exchange, items = [] }: Page,
  read: { readonly count: number; readonly pages: number },
): Next | undefined {
  switch (paging?.kind) {
    case 'cursor': {
      if (paging.hasMore && getAt(exchange.json, paging.hasMore) === false) return undefined;
      const cursor = getAt(exchange.json, paging.next);
      if ((typeof cursor !== 'string' && typeof cursor !== 'number') || cursor === '') return undefined;
      return parseUrl(cursor, exchange) ?? { [paging.parameter.name]: cursor };
    }
    case 'after': {
      const id = getAt(items.at(-1), [paging.id]);
      const hasMore = getAt(exchange.json, paging.hasMore) === true;
      return hasMore && id !== undefined && id !== null ? { [paging.parameter.name]: id as ParameterValue } : undefined;
    }
    case 'page':
      return items.length === 0 ? undefined : { [paging.parameter.name]: paging.first + read.pages };
    case 'offset':
      return items.length === 0 ? undefined : { [paging.parameter.name]: read.count };
    case 'link': {
      const target = /<([^>]*)>\s*;[^,]*\brel\s*=\s*"?next\b/i.exec(getHeader(exchange, 'link') ?? '')?.[1];
      return target === undefined ? undefined : parseUrl(target, exchange);
    }
    default:
      return undefined;
  }
}

/** Returns the query of a URL of the next page, or undefined if a text is no URL. */
function parseUrl(text: string | number, { request }: OperationExchange): { readonly query: string } | undefined {
  if (typeof text === 'number' || !/^(https?:\/\/|\/|\?)/.test(text)) return undefined;
  const base = `http://localhost${request.target}`;
  return URL.canParse(text, base) ? { query: new URL(text, base).search.slice(1) } : undefined;
}
