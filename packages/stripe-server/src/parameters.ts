import { StripeResponseError, unknownParameter } from './errors.ts';
import type { Resource } from './resources.ts';

/** The parameters of a list. */
export interface ListParameters {
  readonly limit: number;
  readonly startingAfter?: string;
  readonly endingBefore?: string;
  /** The bounds of `created`: from the first second to the last one. */
  readonly created: { readonly from: number; readonly to: number };
  readonly expand: readonly string[];
  /** Types of events. */
  readonly types: readonly string[];
  readonly filters: ReadonlyMap<string, string>;
}

const DEFAULT_LIMIT = 10;
const MAX_LIMIT = 100;
const MAX_EXPAND_DEPTH = 4;
const MAX_EVENT_TYPES = 20;

/** Reads the parameters of a list. `filters` are the names of those that only this list has. */
export function readListParameters(
  query: URLSearchParams,
  resource: Pick<Resource, 'filters' | 'type'>,
): ListParameters {
  const filters = new Map<string, string>();
  const expand: string[] = [];
  const types: string[] = [];
  const created = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  const page: { limit: number; startingAfter?: string; endingBefore?: string } = { limit: DEFAULT_LIMIT };
  for (const [name, value] of query) {
    if (name === 'limit') page.limit = Math.min(Math.max(readInteger(name, value), 1), MAX_LIMIT);
    else if (name === 'starting_after') page.startingAfter = value;
    else if (name === 'ending_before') page.endingBefore = value;
    else if (isExpand(name)) expand.push(value);
    else if (resource.type === 'event' && /^types\[\d*\]$/.test(name)) types.push(value);
    else if (isCreated(name)) restrictCreated(created, name, readInteger(name, value));
    else if (name in resource.filters) filters.set(name, value);
    else throw unknownParameter(name);
  }
  if (types.length > MAX_EVENT_TYPES) throw new StripeResponseError(400, 'You may only specify up to 20 event types.');
  return { ...page, created, expand, types, filters };
}

/** Reads `expand`, the only parameter of an object. */
export function readExpand(query: URLSearchParams): string[] {
  for (const name of query.keys()) if (!isExpand(name)) throw unknownParameter(name);
  return [...query.values()];
}

/** Throws if a path of `expand` has too many levels. */
export function checkExpandDepth(paths: readonly string[]): void {
  for (const path of paths) {
    if (path.split('.').length <= MAX_EXPAND_DEPTH) continue;
    throw new StripeResponseError(400, `You cannot expand more than 4 levels of a property. Property: ${path}`);
  }
}

function isExpand(name: string): boolean {
  return /^expand\[\d*\]$/.test(name);
}

function isCreated(name: string): boolean {
  return /^created(\[(gt|gte|lt|lte)\])?$/.test(name);
}

function restrictCreated(bounds: { from: number; to: number }, name: string, value: number): void {
  if (!/\[lte?\]/.test(name)) bounds.from = Math.max(bounds.from, name === 'created[gt]' ? value + 1 : value);
  if (!/\[gte?\]/.test(name)) bounds.to = Math.min(bounds.to, name === 'created[lt]' ? value - 1 : value);
}

function readInteger(param: string, value: string): number {
  if (/^-?\d{1,15}$/.test(value)) return Number(value);
  throw new StripeResponseError(400, `Invalid integer: ${value}`, { code: 'parameter_invalid_integer', param });
}
