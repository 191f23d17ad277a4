import type { FindCustomer } from '../customers/find.ts';

/** A request to an operation, after its key and parameters were found to be valid. */
interface OperationRequest {
  readonly accountId: number;
  readonly parameters: Readonly<Record<string, string>>;
}

/** What to answer; without a body, as the description shows that status. */
export interface Outcome {
  readonly status: number;
  readonly body?: unknown;
}

/** Answers one operation. */
type OperationHandler = (request: OperationRequest) => Outcome | Promise<Outcome>;

/** The handlers, by the operationId that the description gives. */
export type Handlers = Readonly<Record<string, OperationHandler>>;

/** All that is not said by the description: what to do for each of its operations. */
export function handlers({ findCustomer }: { readonly findCustomer: FindCustomer }): Handlers {
  return {
    retrieveCustomer({ accountId, parameters: { customer = '' } }) {
      const found = findCustomer(accountId, customer);
      return found instanceof Promise ? found.then(outcome) : outcome(found);
    },
  };
}

function outcome(body: unknown): Outcome {
  return body === undefined ? { status: 404 } : { status: 200, body };
}
