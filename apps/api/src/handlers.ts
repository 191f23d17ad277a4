import type { operations } from '@firstofficer/client/types';
import { createCustomerFinder } from './customers/find.ts';
import type { Database } from './database/database.ts';
import { defineHandlers, type Handlers, type OperationResult } from './server/routes.ts';

/** Creates the handlers of all operations. Everything else about an operation comes from the description. */
export function createHandlers(database: Database): Handlers {
  const findCustomer = createCustomerFinder(database);
  return defineHandlers<operations>({
    retrieveCustomer({ accountId, path: { customer } }) {
      const found = findCustomer(accountId, customer);
      // SQLite answers at once. A promise for each request would take noticeably longer.
      return found instanceof Promise ? found.then(toResult) : toResult(found);
    },
  });
}

function toResult(body: unknown): OperationResult {
  return body === undefined ? { status: 404 } : { status: 200, body };
}
