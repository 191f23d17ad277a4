import type { FindCustomer } from '../customers/find.ts';

/** A request to an operation, with a valid key and valid parameters. */
interface OperationRequest {
  readonly accountId: number;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The status and body of a response. An error without a body gets the example of the description. */
export interface OperationResult {
  readonly status: number;
  readonly body?: unknown;
}

/** Handles the requests to one operation. */
type OperationHandler = (request: OperationRequest) => OperationResult | Promise<OperationResult>;

/** The handlers, by operationId. */
export type Handlers = Readonly<Record<string, OperationHandler>>;

/** Creates the handlers of all operations. Everything else about an operation comes from the description. */
export function createHandlers({ findCustomer }: { readonly findCustomer: FindCustomer }): Handlers {
  return {
    retrieveCustomer({ accountId, parameters: { customer = '' } }) {
      const found = findCustomer(accountId, customer);
      return found instanceof Promise ? found.then(toResult) : toResult(found);
    },
  };
}

function toResult(body: unknown): OperationResult {
  return body === undefined ? { status: 404 } : { status: 200, body };
}
