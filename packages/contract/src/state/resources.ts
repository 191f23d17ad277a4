import type { Operation } from '@firstofficer/openapi';
import type { OperationExchange } from '../request/operation-exchange.ts';
import type { ParameterValues } from '../request/serialization.ts';

/** A kind of object that the target stores, and the operations on one object of this kind. */
export interface Resource {
  /** The name for messages, such as `pet`. */
  readonly name: string;
  /** The operation that creates an object. */
  readonly create: Operation;
  readonly retrieve?: Operation;
  readonly update: readonly Operation[];
  readonly remove?: Operation;
  readonly list?: Operation;
  /** How the description connects the operations: by an OpenAPI link, by the header Location, or only by names. */
  readonly evidence: 'link' | 'location' | 'name';
  /**
   * Returns the parameter values with which an operation acts on the created object, or undefined if the response does
   * not contain them.
   */
  identify(created: OperationExchange, operation: Operation): ParameterValues | undefined;
}
