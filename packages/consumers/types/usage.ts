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
import type { Customer as CustomerType, operations, paths } from '@firstofficer/client/types';
import { validate } from '@firstofficer/client/validate';

const options: ClientOptions = {
  token: 'key',
  auth: 'token',
  baseUrl: 'http://127.0.0.1:4010',
  timeout: 1000,
  maxRetries: 1,
  fetch,
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
