import type { Operation } from '@firstofficer/openapi';
import { findResponse } from '@firstofficer/openapi';
import { isMethodAllowed } from '../checks/check.ts';
import { typicalRequests } from '../checks/typical-requests.ts';
import { retrievesCustomer } from '../rules/customer.ts';
import type { RunContext } from './context.ts';
import type { TestCaseOutcome, UnreachedOperation } from './report.ts';

/**
 * Returns the operations that document a success, but got none in this run. The responses of such an operation are not
 * fully checked. Operations that the options leave out are not included.
 *
 * @param isWhole - Whether the run was meant to send requests to every operation.
 */
export function findUnreached(
  { description, target, options }: Pick<RunContext, 'description' | 'target' | 'options'>,
  outcomes: readonly TestCaseOutcome[],
  isWhole: boolean,
): UnreachedOperation[] {
  return description.operations.filter(documentsSuccess).flatMap((operation) => {
    const own = outcomes.flatMap((outcome) => {
      const tally = outcome.tallies[operation.id];
      return tally ? [{ ...tally, isTypical: outcome.check === typicalRequests.name }] : [];
    });
    const listStatuses = (tallies: typeof own) => [
      ...new Set(tallies.flatMap(({ statuses }) => Object.keys(statuses).map(Number))),
    ];
    const all = listStatuses(own);
    if (all.some((status) => isDocumentedSuccess(operation, status))) return [];
    const { id, method, path } = operation;
    if (own.length === 0) {
      const advice = isMethodAllowed({ target, options }, method)
        ? `There is no object to send it for. ${adviseParameters(operation)}.`
        : `Pass --unsafe-methods to send ${method} requests to other machines.`;
      return isWhole ? [{ operation: id, method, path, seen: [], advice }] : [];
    }
    // Other test cases send requests that should fail, so their statuses say little.
    const typical = listStatuses(own.filter(({ isTypical }) => isTypical)).filter((status) => status !== 401);
    const seen = (typical.length > 0 ? typical : all).toSorted((a, b) => a - b);
    return [{ operation: id, method, path, seen: seen.map(String), advice: advise(operation, seen) }];
  });
}

function documentsSuccess({ responses }: Operation): boolean {
  return Object.keys(responses).some((status) => /^[23]|^default$/.test(status));
}

function isDocumentedSuccess(operation: Operation, status: number): boolean {
  return isSuccess(status) && findResponse(operation, status) !== undefined;
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 400;
}

/** Returns what the user can do so that the operation succeeds. */
function advise(operation: Operation, seen: readonly number[]): string {
  const has = (...statuses: readonly number[]) => statuses.some((status) => seen.includes(status));
  const undocumented = seen.find(isSuccess);
  if (undocumented !== undefined) return `Document the status ${undocumented}, or correct the server.`;
  if (has(404, 410)) {
    if (retrievesCustomer(operation)) return 'Pass --customer with an identifier of a customer that exists.';
    return operation.path.includes('{')
      ? `${adviseParameters(operation)}.`
      : 'Check that the URL includes the base path of the API.';
  }
  if (seen.some((status) => status >= 400 && status < 500 && ![401, 403, 429].includes(status))) {
    const required = operation.parameters.filter((parameter) => parameter.required).map(({ name }) => name);
    const options = required.length > 0 ? `${listParameterOptions(operation, required)}, or add` : 'Add';
    return `${options} an example that the server accepts to the ${operation.requestBody ? 'request body' : 'parameters'} of the description.`;
  }
  if (has(401)) return 'Pass a key that the server accepts: set FIRSTOFFICER_TOKEN or pass --token.';
  if (has(403)) return 'Pass a key that has the permission.';
  if (has(429)) return 'Pass a lower --rate.';
  if (seen.length === 0) return 'Check why the server does not respond.';
  return 'Check the log of the server.';
}

function adviseParameters(operation: Operation): string {
  const inPath = operation.parameters.filter(({ in: place }) => place === 'path').map(({ name }) => name);
  return `${listParameterOptions(operation, inPath)} with values that exist, or add examples of them to the description`;
}

function listParameterOptions({ id }: Operation, names: readonly string[]): string {
  return `Pass ${names.map((name) => `--parameter ${/\s/.test(id) ? '' : `${id}.`}${name}=…`).join(' ')}`;
}
