import { describe, expectTypeOf, test } from 'vitest';
import type { Api, CallOptions, Customer, Customers, operations, paths } from '../src/index.ts';

type Retrieve = operations['retrieveCustomer'];
type Described = Retrieve['responses'][200]['content']['application/json'];

describe('retrieve is what the description says', () => {
  test('its argument and its result', () => {
    expectTypeOf<Customers['retrieve']>().parameters.toEqualTypeOf<
      [Retrieve['parameters']['path']['customer'], CallOptions?]
    >();
    expectTypeOf<Customers['retrieve']>().returns.resolves.toEqualTypeOf<Described>();
    expectTypeOf<Customers['retrieve']['withResponse']>()
      .returns.resolves.toHaveProperty('data')
      .toEqualTypeOf<Described>();
  });

  test('the operation is the one at its path', () => {
    expectTypeOf<paths['/v2/customers/{customer}']['get']>().toEqualTypeOf<Retrieve>();
  });
});

test('a customer has exact types, not strings and numbers at large', () => {
  expectTypeOf<Customer['object']>().toEqualTypeOf<'customer'>();
  expectTypeOf<Customer['extra_id']>().toEqualTypeOf<string | null>();
  expectTypeOf<Customer['current_mrr']>().toEqualTypeOf<number>();
});

describe('api has the operations of the description and no others', () => {
  const api = {} as Api;
  const params = { path: { customer: 'cus_1234ABCD' } };

  test('results and errors have the described types', () => {
    const call = () => api.GET('/v2/customers/{customer}', { params, timeout: 5_000 });
    type Result = Awaited<ReturnType<typeof call>>;

    expectTypeOf<NonNullable<Result['data']>>().toEqualTypeOf<Described>();
    expectTypeOf<NonNullable<Result['error']>['error']['message']>().toEqualTypeOf<string>();
    expectTypeOf<NonNullable<Result['error']>['error']['type']>().toEqualTypeOf<
      'invalid_request_error' | 'api_error'
    >();
  });

  test('a path that is not described does not compile', () => {
    // @ts-expect-error no such path
    void (() => api.GET('/v2/customer/{customer}', { params }));
  });

  test('a method that is not described does not compile', () => {
    // @ts-expect-error no such method
    void (() => api.DELETE('/v2/customers/{customer}', { params }));
  });

  test('a call without its parameters does not compile', () => {
    // @ts-expect-error no parameters
    void (() => api.GET('/v2/customers/{customer}'));
    // @ts-expect-error another parameter
    void (() => api.GET('/v2/customers/{customer}', { params: { path: { id: 'cus_1234ABCD' } } }));
  });

  test('an option that there is none does not compile', () => {
    // @ts-expect-error no such option
    void (() => api.GET('/v2/customers/{customer}', { params, retries: 7 }));
  });
});
