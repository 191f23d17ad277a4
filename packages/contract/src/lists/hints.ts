import { asObject, type Operation } from '@firstofficer/openapi';

/**
 * What the description of an operation that returns a list cannot say by itself. It is the extension `x-list` of the
 * operation, or the value of the operation's ID in the member `lists` of the configuration file. Paths are JSON Pointers.
 *
 * @example
 * const hints: ListHints = { items: '/bookings', cursor: { parameter: 'after', response: '/next' }, filters: { owner: '/owner/id' } };
 */
export interface ListHints {
  /** The path of the items in the body. An empty string is the body itself. */
  readonly items?: string;
  /** The parameter with the largest number of items of a page. */
  readonly limit?: string;
  /** The parameter with the cursor of a page, and the path of the next page's cursor in the body. */
  readonly cursor?: { readonly parameter: string; readonly response: string };
  /** The parameter with the number of a page, and the number of the first page. Default: 1. */
  readonly page?: string | { readonly parameter: string; readonly first: number };
  /** The parameter with the number of items before a page. */
  readonly offset?: string;
  /**
   * The paths of the members of an item that the parameters filter by. `is` says how they are compared: default `equal`.
   * `all` is for a list of which an item must have each value.
   */
  readonly filters?: Readonly<Record<string, string | { readonly member: string; readonly is: HintedRelation }>>;
  /** The parameter that sorts, and for each of its values the path of the member, with a minus sign if descending. */
  readonly sort?: { readonly parameter: string; readonly values: Readonly<Record<string, string>> };
  /** The path of the number of items on all pages in the body. */
  readonly total?: string;
}

/**
 * How a filter compares a member of an item with its value.
 *
 * @example
 * const relation: HintedRelation = 'gte';
 */
export type HintedRelation = 'equal' | 'all' | 'any' | 'gte' | 'gt' | 'lte' | 'lt' | 'contains';

const RELATIONS = ['equal', 'all', 'any', 'gte', 'gt', 'lte', 'lt', 'contains'];
const MEMBERS = ['items', 'limit', 'cursor', 'page', 'offset', 'filters', 'sort', 'total'];

/** Returns the hints of an operation, or what is wrong with them. */
export function readHints(operation: Operation, given?: ListHints): ListHints | string {
  const extension = (operation.definition as { readonly 'x-list'?: unknown })['x-list'];
  if (extension === undefined && given === undefined) return {};
  if (extension === false) return 'the description says that it is no list (x-list: false)';
  const hints: ListHints = { ...asObject(extension), ...given };
  const unknown = Object.keys(hints).find((name) => !MEMBERS.includes(name));
  if (unknown !== undefined)
    return `the hints for the list have the unknown member "${unknown}". Known: ${MEMBERS.join(', ')}`;
  const pointers = [
    hints.items,
    hints.total,
    hints.cursor?.response,
    ...Object.values(hints.filters ?? {}).map((one) => (typeof one === 'string' ? one : one.member)),
    ...Object.values(hints.sort?.values ?? {}).map((one) => one.replace(/^-/, '')),
  ];
  const invalid = pointers.find((pointer) => pointer !== undefined && !/^(\/.*)?$/.test(pointer));
  if (invalid !== undefined) return `the hints for the list have the path "${invalid}", which must begin with a slash`;
  const relation = Object.values(hints.filters ?? {}).find(
    (one) => typeof one !== 'string' && !RELATIONS.includes(one.is),
  );
  if (relation !== undefined)
    return `the hints for the list have a filter with an unknown "is". Known: ${RELATIONS.join(', ')}`;
  const names = [
    hints.limit,
    hints.cursor?.parameter,
    typeof hints.page === 'string' ? hints.page : hints.page?.parameter,
    hints.offset,
    hints.sort?.parameter,
    ...Object.keys(hints.filters ?? {}),
  ];
  const missing = names.find((name) => name !== undefined && !operation.parameters.some((one) => one.name === name));
  if (missing !== undefined)
    return `the hints for the list name the parameter "${missing}", which the operation does not have`;
  return hints;
}
