import { type Description, findExamplePairs, type Operation } from '@firstofficer/openapi';
import type { KnownCustomer } from '../customers/known-customers.ts';
import { isSafeMethod } from '../http/request.ts';
import type { ParameterValues } from '../request/serialization.ts';
import { isLoopback, type Target } from '../request/target.ts';

/** The options of a run that checks depend on. */
export interface CheckOptions {
  /** The seed of generated values. */
  readonly seed: number;
  /** The number of generated values per property. */
  readonly generated: number;
  /** Whether to send unsafe methods to other machines. */
  readonly unsafeMethods: boolean;
}

/** Everything that checks need to know about a run. */
export interface CheckContext {
  readonly description: Description;
  readonly target: Target;
  readonly options: CheckOptions;
  /** Parameter values for which operations succeed. */
  readonly known: ParameterValues;
  /** Further parameter values for which operations succeed, such as other identifiers of the same resource. */
  readonly alternatives: readonly ParameterValues[];
  /** Customers that the target has. */
  readonly customers: readonly KnownCustomer[];
  /** Whether the target serves the examples of the description, as a mock does. */
  readonly servesExamples: boolean;
}

/** Returns whether a method may be sent. Unsafe methods may change data of a live API. */
export function mayCall({ target, options }: Pick<CheckContext, 'target' | 'options'>, method: string): boolean {
  return isSafeMethod(method) || options.unsafeMethods || isLoopback(target.url);
}

/**
 * Returns whether an operation must succeed: it is safe, and every required parameter has a value that is known for the
 * target or comes from an example that the target serves. Unsafe operations may fail when they are repeated.
 */
export function isCertain({ known, servesExamples }: CheckContext, operation: Operation): boolean {
  if (!isSafeMethod(operation.method)) return false;
  const success = findExamplePairs(operation).find(({ status }) => status.startsWith('2'))?.parameters ?? {};
  return operation.parameters.every(
    ({ name, required = false }) => !required || name in known || (servesExamples && name in success),
  );
}
