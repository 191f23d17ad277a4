import { randomInt } from 'node:crypto';
import { type Description, findExamplePairs, type Operation } from '@firstofficer/openapi';
import type { KnownCustomer } from '../customers/known-customers.ts';
import type { ParameterValues } from '../request/serialization.ts';

/** The settings of a run. */
export interface Settings {
  /** The names of the checks to run. Undefined means all checks. */
  readonly only: readonly string[] | undefined;
  readonly skip: readonly string[];
  /** The seed of generated values. */
  readonly seed: number;
  /** The number of generated values per property. */
  readonly generated: number;
  readonly timeLimitMs: number;
  readonly concurrency: number;
  /** The maximum number of requests per second. Undefined means no limit. */
  readonly rate: number | undefined;
  /** Whether to send unsafe methods to other machines. */
  readonly unsafeMethods: boolean;
}

/** Everything that checks need to know about a run. */
export interface RunContext {
  readonly description: Description;
  readonly target: Target;
  readonly settings: Settings;
  /** Parameter values for which operations succeed. */
  readonly known: ParameterValues;
  /** Further parameter values for which operations succeed, such as other identifiers of the same resource. */
  readonly alternatives: readonly ParameterValues[];
  /** Customers that the target has. */
  readonly customers: readonly KnownCustomer[];
  /** Whether the target serves the examples of the description, as a mock does. */
  readonly servesExamples: boolean;
}

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS', 'TRACE'];

/** Returns whether a method is safe, that is, changes nothing (RFC 9110, 9.2.1). */
export function isSafe(method: string): boolean {
  return SAFE_METHODS.includes(method);
}

/** Returns whether a method may be sent. Unsafe methods may change data of a live API. */
export function mayCall({ target, settings }: Pick<RunContext, 'target' | 'settings'>, method: string): boolean {
  return isSafe(method) || settings.unsafeMethods || isLoopback(target.url);
}

/** Returns whether a URL is on this machine. */
export function isLoopback(url: string): boolean {
  return /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/i.test(new URL(url).hostname);
}

/**
 * Returns whether an operation must succeed: it is safe, and every required parameter has a value that is known for the
 * target or comes from an example that the target serves. Unsafe operations may fail when they are repeated.
 */
export function isCertain({ known, servesExamples }: RunContext, operation: Operation): boolean {
  if (!isSafe(operation.method)) return false;
  const success = findExamplePairs(operation).find(({ status }) => status.startsWith('2'))?.parameters ?? {};
  return operation.parameters.every(
    ({ name, required = false }) => !required || name in known || (servesExamples && name in success),
  );
}

/**
 * The server under test.
 *
 * @example
 * const target: Target = { url: 'https://api.firstofficer.io', token };
 */
export interface Target {
  /** The base URL, before the paths of the description, without a slash at the end. */
  readonly url: string;
  /** An API key that the server accepts. Undefined if the API needs none. Reports never contain it. */
  readonly token?: string;
}

/** Returns the default settings: no rate limit on this machine, careful limits elsewhere. */
export function defaultSettings(url: string): Settings {
  const isLocal = isLoopback(url);
  return {
    only: undefined,
    skip: [],
    seed: randomInt(2 ** 31),
    generated: 50,
    timeLimitMs: 10_000,
    concurrency: isLocal ? 8 : 4,
    rate: isLocal ? undefined : 20,
    unsafeMethods: false,
  };
}
