import { asObject, type JsonSchema, type Operation, type Parameter } from '@firstofficer/openapi';
import { isJson } from '../http/exchange.ts';
import { type Filter, readFilters } from './filters.ts';
import { type ListHints, readHints } from './hints.ts';
import type { Evidence, ListSource } from './list-source.ts';
import { findPaging, type Paging } from './paging.ts';
import {
  findMemberSchemas,
  findSchemasOf,
  listMemberNames,
  listSchemas,
  type Property,
  parsePointer,
  readProperty,
} from './property.ts';
import { readSorts, type Sort } from './sorts.ts';

/** The parameter with the largest number of items of a page. */
interface Limit {
  readonly parameter: Parameter;
  readonly minimum: number;
  readonly maximum: number | undefined;
  readonly default: number | undefined;
  readonly evidence: Evidence;
}

/** Where a response has the number of items on all pages: a path of member names in the body, or a header. */
export interface Total {
  readonly name: string;
  readonly path: readonly string[] | undefined;
  /** The number may be that of the page. */
  readonly isOfPage: boolean;
  readonly specRef: readonly [object, ...string[]];
  readonly evidence: Evidence;
}

/** What an operation that returns a list promises. */
export interface ListShape {
  readonly operation: Operation;
  /** The documented response with the list. */
  readonly response: object;
  /** The path of the items in the body, as member names. */
  readonly items: readonly string[];
  /** The member that identifies an item, or undefined if none is known. */
  readonly id: string | undefined;
  /** The members of an item. */
  readonly properties: ReadonlyMap<string, Property>;
  readonly limit: Limit | undefined;
  readonly paging: Paging | undefined;
  readonly filters: readonly Filter[];
  readonly sorts: readonly Sort[];
  readonly totals: readonly Total[];
  /** The names of the parameters that change which items a response has. */
  readonly parameters: readonly string[];
}

/** Returns what an operation promises about its list, or why it returns no list. */
export function readListShape(
  document: object,
  operation: Operation,
  given?: ListHints,
): ListShape | { readonly skipped: string } {
  const hints = readHints(operation, given);
  if (typeof hints === 'string') return { skipped: hints };
  if (operation.method !== 'GET') return { skipped: 'it is only for GET operations that return lists' };
  const found = findItems(document, operation, hints);
  if (!found) return { skipped: 'the description has no response in which the tests recognize a list' };
  const { path: items, schemas: itemSchemas, body, response } = found;
  const properties = new Map(
    listMemberNames(itemSchemas).flatMap((name) => {
      const property = readProperty(document, findMemberSchemas(document, itemSchemas, name));
      return property ? [[name, property] as const] : [];
    }),
  );
  const id = findId(operation, properties);
  const source = { document, operation, hints, properties, itemSchemas, body, response, id };
  const limit = findLimit(operation, hints);
  const paging = findPaging(source, limit !== undefined);
  const filters = readFilters(source);
  const sorts = readSorts(source);
  const totals = findTotals(source, limit !== undefined || paging !== undefined);
  if (!limit && !paging && filters.length === 0 && sorts.length === 0 && totals.length === 0) {
    return { skipped: 'the list has no parameter or total that the tests know' };
  }
  const used = [
    limit?.parameter.name,
    ...(paging && paging.kind !== 'link' ? [paging.parameter.name] : []),
    ...filters.map(({ parameter }) => parameter.name),
    ...sorts.flatMap(({ parameter, order }) => [parameter.name, order?.parameter.name]),
  ].filter((name) => name !== undefined);
  const required = operation.parameters.filter((parameter) => parameter.required).map(({ name }) => name);
  const parameters = [...new Set(used)].filter((name) => !required.includes(name));
  return { operation, response, items, id, properties, limit, paging, filters, sorts, totals, parameters };
}

interface FoundItems {
  readonly path: readonly string[];
  readonly schemas: readonly JsonSchema[];
  readonly body: readonly JsonSchema[];
  readonly response: ListSource['response'];
}

const ITEM_NAMES = ['data', 'items', 'results', 'records', 'entries', 'elements', 'values'];

function findItems(document: object, operation: Operation, hints: ListHints): FoundItems | undefined {
  const [response] = Object.entries(operation.responses).flatMap(([status, one]) => (/^2/.test(status) ? [one] : []));
  const [, media] = Object.entries(response?.content ?? {}).find(([type]) => isJson(type)) ?? [];
  if (!response || !media?.schema) return undefined;
  const body = listSchemas(document, media.schema);
  const read = (path: readonly string[]): FoundItems | undefined => {
    const lists = findSchemasOf(document, body, path).filter(isListSchema);
    const schemas = lists.flatMap(({ items }) => (items === undefined ? [] : listSchemas(document, items)));
    return lists.length > 0 ? { path, schemas, body, response } : undefined;
  };
  if (hints.items !== undefined) return read(parsePointer(hints.items));
  const segments = operation.path.split('/').filter((segment) => segment !== '');
  const last = segments.at(-1) ?? '';
  // An object with a list of parts is no list.
  if (last.startsWith('{')) return undefined;
  if (body.some(isListSchema)) return read([]);
  const isListOfObjects = (name: string) =>
    read([name])?.schemas.some(({ properties, type }) => properties !== undefined || type === 'object') === true;
  const lists = listMemberNames(body).filter(isListOfObjects);
  const named = lists.filter((name) => ITEM_NAMES.includes(name) || name.toLowerCase() === last.toLowerCase());
  const [name] = named.length === 1 ? named : lists.length === 1 ? lists : [];
  return name === undefined ? undefined : read([name]);
}

function isListSchema({ type, items }: JsonSchema): boolean {
  return [type].flat().includes('array') || (type === undefined && items !== undefined);
}

/** Returns the member that identifies an item: `id` or, for `/bookings`, `booking_id` or `bookingId`. */
function findId({ path }: Operation, properties: ReadonlyMap<string, Property>): string | undefined {
  const last = path.split('/').findLast((segment) => segment !== '') ?? '';
  const single = last.replace(/ies$/, 'y').replace(/s$/, '');
  const candidates = ['id', `${single}_id`, `${single}Id`, 'uuid', '_id'];
  return candidates.find((name) => properties.get(name)?.types.some((type) => /^(string|number)$/.test(type)));
}

const LIMIT_NAMES = [
  'limit',
  'page_size',
  'per_page',
  'pageSize',
  'perPage',
  'page[size]',
  'page[limit]',
  'max_results',
  'maxResults',
  'first',
  'count',
  'size',
  'take',
  'top',
];
// These names have no other meaning for a number in the query of a list.
const CERTAIN_LIMIT_NAMES = LIMIT_NAMES.slice(0, 9);

function findLimit({ parameters }: Operation, hints: ListHints): Limit | undefined {
  const isInteger = ({ schema }: Parameter) => [schema?.type].flat().includes('integer');
  const inQuery = parameters.filter((parameter) => parameter.in === 'query' && isInteger(parameter));
  const name = hints.limit ?? LIMIT_NAMES.find((one) => inQuery.some((parameter) => parameter.name === one));
  const parameter = inQuery.find((one) => one.name === name);
  if (!parameter) return undefined;
  const {
    minimum,
    maximum,
    default: normal,
  } = asObject(parameter.schema) as Readonly<Record<string, number | undefined>>;
  const isBounded = maximum !== undefined || normal !== undefined;
  const isCertain = CERTAIN_LIMIT_NAMES.includes(parameter.name) && (isBounded || parameter.name === 'limit');
  return {
    parameter,
    // A limit of 0 may mean that there is none.
    minimum: Math.max(1, minimum ?? 1),
    maximum,
    default: normal,
    evidence: hints.limit !== undefined ? 'hint' : isCertain ? 'certain' : 'inferred',
  };
}

const TOTAL_NAMES = [
  'total',
  'total_count',
  'totalCount',
  'total_items',
  'totalItems',
  'total_results',
  'totalResults',
];
const MONEY = /\b(amount|cents?|cost|price|sum|revenue|currency)\b/i;
// A cart may have a total that is a price.
const CERTAIN_TOTAL_NAMES = TOTAL_NAMES.slice(1);
const WRAPPERS = ['meta', 'metadata', 'pagination', 'paging', 'page', 'page_info', 'pageInfo'];
const TOTAL_HEADERS = ['x-total-count', 'x-total'];

function findTotals({ document, hints, body, response }: ListSource, hasPages: boolean): Total[] {
  const isInteger = (path: readonly string[]) =>
    findSchemasOf(document, body, path).some(
      ({ type, description }) => [type].flat().includes('integer') && !MONEY.test(String(description)),
    );
  const create = (path: readonly string[], evidence: Evidence): Total => {
    const name = path.at(-1) ?? '';
    const [schema = response] = findSchemasOf(document, body, path);
    return { name: path.join('/'), path, isOfPage: name === 'count', specRef: [schema], evidence };
  };
  if (hints.total !== undefined) return [create(parsePointer(hints.total), 'hint')];
  const names = [...(hasPages ? [...TOTAL_NAMES, 'count'] : CERTAIN_TOTAL_NAMES)];
  const inBody = [[], ...WRAPPERS.map((wrapper) => [wrapper])]
    .flatMap((wrapper) => names.map((name) => [...wrapper, name]))
    .filter(isInteger)
    .map((path) => create(path, path.at(-1) === 'count' ? 'inferred' : 'certain'));
  const inHeaders = Object.entries(response.headers ?? {})
    .filter(([name]) => TOTAL_HEADERS.includes(name.toLowerCase()))
    .map(
      ([name, header]): Total => ({ name, path: undefined, isOfPage: false, specRef: [header], evidence: 'certain' }),
    );
  return [...inBody, ...inHeaders];
}
