import {
  type ClientOptions,
  type Customer,
  type components,
  createClient,
  type ErrorCode,
  type FirstOfficer,
  FirstOfficerError,
  isFirstOfficerError,
} from '@firstofficer/client';
import { type RetrieveManyResult, type RetrieveManyResults, retrieveMany } from '@firstofficer/client/retrieve-many';
import type { Customer as CustomerType, operations, paths } from '@firstofficer/client/types';
import { validate } from '@firstofficer/client/validate';

const options: ClientOptions = {
  token: async ({ isRejected }) => (isRejected ? 'key-2' : 'key-1'),
  auth: 'token',
  baseUrl: 'http://127.0.0.1:4010',
  timeout: 1000,
  maxRetries: 1,
  headers: { 'X-Team': 'finance', 'X-Count': 2 },
  application: 'billing-sync/2.1',
  fetch,
  onRequest: ({ method, path, attempt }) => console.log(method + path, attempt.toFixed()),
  onResponse: async ({ status, code, milliseconds }) => console.log(status ?? code, milliseconds.toFixed()),
  onRetry: ({ attempt, delay, error }) => console.log(attempt + delay, error.code),
  validate,
  dangerouslyAllowBrowser: true,
};
const firstofficer: FirstOfficer = createClient(options);

export async function mrr(identifier: string, signal: AbortSignal): Promise<number> {
  try {
    const customer: Customer = await firstofficer.customers.retrieve(identifier, {
      signal,
      timeout: 10,
      maxRetries: 0,
      headers: [['X-Trace', '4bf92f35']],
    });
    return customer.current_mrr;
  } catch (error) {
    if (!isFirstOfficerError(error)) throw error;
    const code: ErrorCode = error.code;
    const seconds: number = error.retryAfter ?? 0;
    const texts: (string | undefined)[] = [error.type, error.param, error.requestId];
    console.log(code, seconds, texts, error.status, error.cause, error instanceof FirstOfficerError);
    return 0;
  }
}

export async function both(): Promise<components['schemas']['Customer'] | undefined> {
  const { data, response } = await firstofficer.customers.retrieve.withResponse('cus_1234ABCD');
  console.log(data.currency, response.headers.get('X-Request-Id'));
  const { data: customer, error } = await firstofficer.api.GET('/v2/customers/{customer}', {
    params: { path: { customer: 'cus_1234ABCD' } },
  });
  console.log(error?.error.message, validate('retrieveCustomer', 200, customer).join());
  return customer;
}

type Success = paths['/v2/customers/{customer}']['get']['responses'][200]['content']['application/json'];
type Retrieve = operations['retrieveCustomer'];

export const toCustomer = (success: Success): CustomerType & Customer => success;
export const toIdentifier = ({ stripe_id }: CustomerType): Retrieve['parameters']['path']['customer'] => stripe_id;

export async function many(identifiers: AsyncIterable<string>, signal: AbortSignal): Promise<number> {
  const results: RetrieveManyResults = retrieveMany(firstofficer, identifiers, {
    concurrency: 5,
    ordered: false,
    signal,
  });
  let sum = 0;
  for await (const { identifier, customer, error } of results) {
    if (error) console.log(identifier, error.code);
    else sum += customer.current_mrr;
  }
  const first: IteratorResult<RetrieveManyResult> = await retrieveMany(firstofficer, new Set(['cus_1234ABCD'])).next();
  return first.done ? sum : sum + (first.value.customer?.current_mrr ?? 0);
}
