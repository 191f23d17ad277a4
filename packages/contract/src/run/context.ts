import { randomInt } from 'node:crypto';
import { type Description, examplePairs, type Operation } from '@firstofficer/openapi';
import type { KnownCustomer } from '../customers/known-customers.ts';
import type { ParameterValues } from '../request/serialization.ts';

/** How thorough and how careful a run is. */
export interface Settings {
  /** Names of checks; undefined: all of them. */
  readonly only: readonly string[] | undefined;
  readonly skip: readonly string[];
  /** From which generated values follow. */
  readonly seed: number;
  /** How many values are generated for each property. */
  readonly generated: number;
  readonly timeLimitMs: number;
  readonly concurrency: number;
  /** Requests per second; undefined: any number. */
  readonly rate: number | undefined;
  /** Whether to call methods that may change something on hosts other than this machine. */
  readonly unsafeMethods: boolean;
}

/** What is tested: a target, what is known of it, and the description that it is held against. */
export interface RunContext {
  readonly description: Description;
  readonly target: Target;
  readonly settings: Settings;
  /** Values of parameters by which operations succeed. */
  readonly known: ParameterValues;
  /** Further values of parameters by which operations succeed, such as the other identifiers of the same thing. */
  readonly alternatives: readonly ParameterValues[];
  /** Customers that the target has. */
  readonly customers: readonly KnownCustomer[];
  /** Whether the target answers the examples of the description, as a mock does. */
  readonly servesExamples: boolean;
}

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS', 'TRACE'];

/** Whether a method changes nothing (RFC 9110, 9.2.1). */
export function isSafe(method: string): boolean {
  return SAFE_METHODS.includes(method);
}

/** Whether a request may be sent: others than safe methods change something, and the target may be somebody's live API. */
export function mayCall({ target, settings }: Pick<RunContext, 'target' | 'settings'>, method: string): boolean {
  return isSafe(method) || settings.unsafeMethods || isLoopback(target.url);
}

/** Whether a URL leads to this machine. */
export function isLoopback(url: string): boolean {
  return /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/i.test(new URL(url).hostname);
}

/**
 * Whether an operation must succeed by the values at hand: they are known of the target, or those of its examples, and
 * it changes nothing. What is deleted cannot be deleted again, and what is created may not be created twice.
 */
export function isCertain({ known, servesExamples }: RunContext, operation: Operation): boolean {
  if (!isSafe(operation.method)) return false;
  const success = examplePairs(operation).find(({ status }) => status.startsWith('2'))?.parameters ?? {};
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
  /** Where it is: what comes before the paths of the description, without a slash at the end. */
  readonly url: string;
  /** An API key that it accepts; undefined if it needs none. Never reported. */
  readonly token?: string;
}

/** What a run does unless it is told otherwise: on this machine as fast as it can, elsewhere with care. */
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
