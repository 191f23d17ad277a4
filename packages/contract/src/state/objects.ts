import type { Operation } from '@firstofficer/openapi';
import type { OperationExchange } from '../request/operation-exchange.ts';
import type { ParameterValues } from '../request/serialization.ts';
import type { Resource } from './resources.ts';

/** An object that the run created on the target. */
export interface MadeObject {
  readonly resource: Resource;
  /** The response to the request that created the object. */
  readonly created: OperationExchange;
  /** The value of the body of that request. */
  readonly sent: unknown;
  /** Returns the parameter values with which an operation acts on this object. */
  parametersFor(operation: Operation): ParameterValues;
}
