import { findResponse, type Operation, type Response } from '@firstofficer/openapi/browser';

/** A response of the description, and the status to send it with. */
export interface DocumentedResponse {
  readonly status: number;
  /** The key in `responses`, such as `404`, `4XX` or `default`. */
  readonly key: string;
  readonly response: Response;
}

/** Returns the response for a status or a key of `responses`. Without a status: the success with the lowest status. */
export function findDocumented(operation: Operation, status: string | undefined): DocumentedResponse | undefined {
  const { responses } = operation;
  const key = status ?? findDefaultKey(operation);
  const code = /^\d{3}$/.test(key) ? Number(key) : guessStatus(operation, key);
  const found = findResponse(operation, code);
  const response = responses[key] ?? found?.response;
  return response && { status: code, key: responses[key] ? key : (found?.status ?? key), response };
}

function findDefaultKey({ responses }: Operation): string {
  const keys = Object.keys(responses).filter(isFinal);
  const [lowest] = keys.filter(isSuccess).toSorted();
  return lowest ?? (responses.default ? 'default' : (keys[0] ?? 'default'));
}

/** Returns the status for a class such as `2XX`, or for `default`. */
function guessStatus({ responses }: Operation, key: string): number {
  if (/^[1-5]xx$/i.test(key)) return Number(`${key[0]}00`);
  // Beside a success, `default` describes errors. A client does not repeat a request that gets a 400.
  return Object.keys(responses).some(isSuccess) ? 400 : 200;
}

/** Returns whether a key of `responses` is for responses that end a request: all except 1xx. */
export function isFinal(key: string): boolean {
  return !key.startsWith('1');
}

function isSuccess(key: string): boolean {
  return /^2(\d\d|xx)$/i.test(key);
}
