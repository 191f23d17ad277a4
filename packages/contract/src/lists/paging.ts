import { asObject, type Parameter } from '@firstofficer/openapi';
import type { Evidence, ListSource } from './list-source.ts';
import { findSchemasOf, parsePointer } from './property.ts';

/** How a request asks for the next page. */
export type Paging =
  | {
      /** A response has the cursor of the next page, or its URL. */
      readonly kind: 'cursor';
      readonly parameter: Parameter;
      readonly next: readonly string[];
      readonly hasMore: readonly string[] | undefined;
      readonly evidence: Evidence;
    }
  | {
      /** The cursor is the ID of the last item. */
      readonly kind: 'after';
      readonly parameter: Parameter;
      readonly id: string;
      readonly hasMore: readonly string[];
      readonly evidence: Evidence;
    }
  | {
      /** The number of the page. */
      readonly kind: 'page';
      readonly parameter: Parameter;
      readonly first: number;
      readonly evidence: Evidence;
    }
  | {
      /** The number of items before the page. */
      readonly kind: 'offset';
      readonly parameter: Parameter;
      readonly evidence: Evidence;
    }
  | {
      /** The header Link has the URL of the next page (RFC 8288). */
      readonly kind: 'link';
      readonly evidence: Evidence;
    };

const CURSORS = [
  'cursor',
  'page_token',
  'pageToken',
  'after',
  'next_token',
  'nextToken',
  'continuation_token',
  'token',
  'page[cursor]',
  'page[after]',
];
const NEXT_CURSORS = [
  'next_cursor',
  'nextCursor',
  'next_page_token',
  'nextPageToken',
  'next_token',
  'nextToken',
  'continuation_token',
  'continuationToken',
  'end_cursor',
  'endCursor',
  'next_page',
  'next',
  'cursor',
  'after',
];
const WRAPPERS = ['meta', 'metadata', 'pagination', 'paging', 'page', 'page_info', 'pageInfo', 'links', '_links'];
const HAS_MORE = ['has_more', 'hasMore', 'has_next', 'hasNext', 'has_next_page', 'hasNextPage'];
const AFTER_IDS = ['starting_after', 'startingAfter', 'after_id', 'afterId', 'last_id'];
const PAGES = ['page', 'page_number', 'pageNumber', 'page[number]'];
const OFFSETS = ['offset', 'skip', 'page[offset]'];

/** Returns how an operation asks for the next page, or undefined if the description does not say it. */
export function findPaging(source: ListSource, hasLimit: boolean): Paging | undefined {
  const { document, operation, hints, body, response, id } = source;
  const inQuery = operation.parameters.filter((parameter) => parameter.in === 'query');
  const find = (names: readonly (string | undefined)[], type?: string) =>
    inQuery.find(
      ({ name, schema }) => names.includes(name) && (type === undefined || [schema?.type].flat().includes(type)),
    );
  const findPath = (names: readonly string[], types: readonly string[]) =>
    [[], ...WRAPPERS.map((wrapper) => [wrapper])]
      .flatMap((wrapper) => names.map((name) => [...wrapper, name]))
      .find((path) =>
        findSchemasOf(document, body, path).some(({ type }) =>
          [type].flat().some((one) => types.includes(String(one))),
        ),
      );
  const hasMore = findPath(HAS_MORE, ['boolean']);

  const hinted = find([hints.cursor?.parameter]);
  if (hinted && hints.cursor) {
    return { kind: 'cursor', parameter: hinted, next: parsePointer(hints.cursor.response), hasMore, evidence: 'hint' };
  }
  const cursor = find(CURSORS);
  const next = findPath(NEXT_CURSORS, ['string', 'integer']);
  if (cursor && next) return { kind: 'cursor', parameter: cursor, next, hasMore, evidence: 'certain' };
  const after = find(AFTER_IDS);
  if (after && id !== undefined && hasMore)
    return { kind: 'after', parameter: after, id, hasMore, evidence: 'certain' };

  const numbered = readPage(hints.page, find);
  if (numbered) return numbered;
  const offset = find([hints.offset]) ?? find(OFFSETS, 'integer');
  if (offset) {
    const isCertain = hasLimit && offset.name !== 'skip';
    return {
      kind: 'offset',
      parameter: offset,
      evidence: hints.offset !== undefined ? 'hint' : isCertain ? 'certain' : 'inferred',
    };
  }
  const hasLink = Object.keys(response.headers ?? {}).some((name) => name.toLowerCase() === 'link');
  return hasLink ? { kind: 'link', evidence: 'certain' } : undefined;
}

function readPage(
  hint: ListSource['hints']['page'],
  find: (names: readonly (string | undefined)[], type?: string) => Parameter | undefined,
): Paging | undefined {
  const given = typeof hint === 'string' ? { parameter: hint, first: 1 } : hint;
  const parameter = find([given?.parameter]) ?? find(PAGES, 'integer');
  if (!parameter) return undefined;
  if (given) return { kind: 'page', parameter, first: given.first, evidence: 'hint' };
  const { minimum, default: normal } = asObject(parameter.schema) as Readonly<Record<string, number | undefined>>;
  const first = normal ?? minimum;
  return { kind: 'page', parameter, first: first ?? 1, evidence: first === 0 || first === 1 ? 'certain' : 'inferred' };
}
