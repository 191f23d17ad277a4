import { asObject } from './document.ts';

/**
 * What a description says about a deprecated operation, parameter, member or header. The dates have the form
 * `2026-11-01` and mean the beginning of the day in UTC.
 *
 * @example
 * const deprecation: Deprecation = { since: '2026-11-01', sunset: '2027-11-01', replacedBy: 'retrieveInvoice' };
 */
export interface Deprecation {
  /** The day from which it is deprecated (`x-deprecated-since`). */
  readonly since?: string;
  /** The day from which it may be gone (`x-sunset`). */
  readonly sunset?: string;
  /** The name of the operation, parameter, member or header to use instead (`x-replaced-by`). */
  readonly replacedBy?: string;
}

/**
 * Reads the deprecation of an Operation, Parameter, Header or Schema Object from `deprecated` and the extensions beside
 * it. Ignores extensions with invalid values: the linter reports them.
 *
 * @param object - A part of a description, such as a parameter of an operation, or a member of `properties`.
 * @returns undefined if the object is not deprecated.
 * @example
 * readDeprecation({ deprecated: true, 'x-sunset': '2027-11-01' }); // { sunset: '2027-11-01' }
 */
export function readDeprecation(object: unknown): Deprecation | undefined {
  const members = asObject(object);
  if (members.deprecated !== true) return undefined;
  const since = readDate(members['x-deprecated-since']);
  const sunset = readDate(members['x-sunset']);
  const replacedBy = members['x-replaced-by'];
  return {
    ...(since !== undefined && { since }),
    ...(sunset !== undefined && { sunset }),
    ...(typeof replacedBy === 'string' && replacedBy !== '' && { replacedBy }),
  };
}

/**
 * Builds the headers that announce a deprecation in the responses of an operation: `Deprecation` (RFC 9745) and `Sunset`
 * (RFC 8594). A header whose date is unknown is missing, and so is a `Sunset` before the `Deprecation`, which RFC 9745
 * forbids.
 *
 * They say that the operation is deprecated, so they do not depend on the parameters of a request. There is no `Link` to
 * the replacement: its URL has parameters that this operation does not know.
 *
 * @param deprecation - Undefined if the operation is not deprecated: it then has no such headers.
 * @example
 * buildDeprecationHeaders({ since: '2023-07-01', sunset: '2024-07-01' });
 * // { Deprecation: '@1688169600', Sunset: 'Mon, 01 Jul 2024 00:00:00 GMT' }
 */
export function buildDeprecationHeaders(deprecation: Deprecation | undefined): Readonly<Record<string, string>> {
  const { since, sunset } = deprecation ?? {};
  const isSunsetValid = sunset !== undefined && (since === undefined || since <= sunset);
  return {
    ...(since !== undefined && { Deprecation: `@${Date.parse(since) / 1000}` }),
    ...(isSunsetValid && { Sunset: new Date(sunset).toUTCString() }),
  };
}

/** Returns the value if it is a day that exists, in the form `2026-11-01`. */
function readDate(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return undefined;
  const time = Date.parse(`${value}T00:00:00Z`);
  // Some engines count on from the last day of a month: 30 February becomes 2 March.
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== value ? undefined : value;
}
