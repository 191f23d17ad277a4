import type { Operation, Parameter } from '@firstofficer/openapi';
import { getHeader } from '../../http/exchange.ts';
import type { OperationExchange } from '../../request/operation-exchange.ts';
import type { ParameterValues } from '../../request/serialization.ts';
import { isObject } from '../../schema/json.ts';
import { isSuccess, listItems } from '../../state/objects.ts';
import type { Session } from '../check.ts';

/** The items of all pages of a list. */
export interface ListedItems {
  readonly items: readonly unknown[];
  /** Whether the pages are certainly all pages. */
  readonly isComplete: boolean;
  /** The last page. */
  readonly last: OperationExchange;
}

const MAX_PAGES = 20;
const LIMIT = /^(limit|page_?size|per_?page|first|count|max_?results|size)$/i;
const CURSOR = /^(cursor|after|starting_?after|page_?token|token|next|continuation|marker)$/i;
const NEXT = /^(next|next_?cursor|next_?page_?token|next_?token|cursor|continuation)$/i;

/** Reads all pages of a list, without its optional filters. */
export async function readAllPages(
  session: Session,
  list: Operation,
  parameters: ParameterValues,
): Promise<ListedItems> {
  const optional = list.parameters.filter(({ required, in: place }) => !required && place === 'query');
  const limit = optional.find(({ name }) => LIMIT.test(name));
  const { maximum } = (limit?.schema ?? {}) as { readonly maximum?: number };
  const first: ParameterValues = { ...parameters, ...(limit && maximum !== undefined && { [limit.name]: maximum }) };
  const items: unknown[] = [];
  let values: ParameterValues | undefined = first;
  let last: OperationExchange | undefined;
  let isComplete = false;
  for (let page = 0; page < MAX_PAGES && values; page += 1) {
    const given: ParameterValues = values;
    const omit = optional.map(({ name }) => name).filter((name) => !(name in given));
    last = await session.send({ parameters: given, omit }, list);
    if (!isSuccess(last.status)) break;
    const found = listItems(last.json);
    items.push(...found);
    const next = findNextPage(list, last, { ...given, [PAGE_SIZE]: found.length });
    isComplete = next === 'none';
    values = typeof next === 'string' ? undefined : { ...first, ...next };
  }
  if (!last) throw new Error('The tests read no page.');
  return { items, isComplete, last };
}

const PAGE_SIZE = ' items';

/** Returns the parameters of the next page, `none` if this is the last page, or `unknown`. */
function findNextPage(
  list: Operation,
  exchange: OperationExchange,
  given: ParameterValues,
): ParameterValues | 'none' | 'unknown' {
  const count = Number(given[PAGE_SIZE]);
  const find = (name: RegExp) =>
    list.parameters.find((parameter) => parameter.in === 'query' && name.test(parameter.name));
  const link = /<([^>]*)>\s*;[^,]*\brel="?next\b/i.exec(getHeader(exchange, 'link') ?? '')?.[1];
  if (link !== undefined) return readQuery(link);
  const members = isObject(exchange.json)
    ? [exchange.json, ...Object.values(exchange.json).filter(isObject)].flatMap(Object.entries)
    : [];
  const [, next] = members.find(([name]) => NEXT.test(name)) ?? [];
  const cursor = find(CURSOR);
  if (typeof next === 'string' && next !== '') {
    if (/[?&]/.test(next)) return readQuery(next);
    return cursor ? { [cursor.name]: next } : 'unknown';
  }
  if (next === null) return 'none';
  const [, hasMore] = members.find(([name]) => /^has_?(more|next)(_?page)?$/i.test(name)) ?? [];
  if (hasMore === false) return 'none';
  const lastItem = listItems(exchange.json).at(-1);
  if (hasMore === true && cursor && isObject(lastItem)) {
    const id = lastItem.id;
    return typeof id === 'string' || typeof id === 'number' ? { [cursor.name]: id } : 'unknown';
  }
  const turn = turnPage(list, given, count);
  if (turn) return turn;
  // Without parameters for pages, the list is whole.
  return list.parameters.some(({ name, in: place }) => place === 'query' && (LIMIT.test(name) || CURSOR.test(name))) &&
    count > 0
    ? isBelowLimit(list, given, count)
    : 'none';
}

/** Returns the parameters of the next page of a list with numbered pages or an offset. */
function turnPage(list: Operation, given: ParameterValues, count: number): ParameterValues | 'none' | undefined {
  const find = (name: RegExp) =>
    list.parameters.find((parameter) => parameter.in === 'query' && name.test(parameter.name));
  const page = find(/^(page|page_?number)$/i);
  const offset = find(/^(offset|skip|start)$/i);
  const parameter = page ?? offset;
  if (!parameter) return undefined;
  if (count === 0) return 'none';
  const step = page ? 1 : count;
  return { [parameter.name]: Number(given[parameter.name] ?? findFirst(parameter, page ? 1 : 0)) + step };
}

function findFirst({ schema = {} }: Parameter, usual: number): number {
  const { default: given, minimum } = schema as { readonly default?: number; readonly minimum?: number };
  return given ?? minimum ?? usual;
}

/** A page with fewer items than the limit is the last one. Servers may have a lower limit of their own. */
function isBelowLimit(list: Operation, given: ParameterValues, count: number): 'none' | 'unknown' {
  const limit = list.parameters.find(({ name, in: place }) => place === 'query' && LIMIT.test(name));
  const { default: usual } = (limit?.schema ?? {}) as { readonly default?: number };
  return limit && count < Number(given[limit.name] ?? usual ?? 0) ? 'none' : 'unknown';
}

function readQuery(link: string): ParameterValues {
  return Object.fromEntries(new URLSearchParams(link.replace(/^[^?]*\??/s, '')));
}
