import type { FindCustomer } from '../customers/find.ts';

/** A request to an operation, after its key and parameters were found to be valid. */
interface OperationRequest {
  readonly accountId: number;
  readonly parameters: Readonly<Record<string, string>>;
}

/** What to answer; without a body, as the description shows that status. */
export interface OperationResult {
  readonly status: number;
  readonly body?: unknown;
}

/** Answers one operation. */
type OperationHandler = (request: OperationRequest) => OperationResult | Promise<OperationResult>;

/** The createHandlers, by the operationId that the description gives. */
export type Handlers = Readonly<Record<string, OperationHandler>>;

/** All that is not said by the description: what to do for each of its operations. */
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
