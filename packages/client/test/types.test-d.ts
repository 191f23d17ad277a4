import { expectTypeOf, test } from 'vitest';
import type { Customer, Customers, FirstOfficer, operations } from '../src/index.ts';

type Retrieve = operations['retrieveCustomer'];

test('retrieve takes and gives what the description says', () => {
  expectTypeOf<Customers['retrieve']>().parameters.toEqualTypeOf<[Retrieve['parameters']['path']['customer']]>();
  expectTypeOf<Customers['retrieve']>().returns.resolves.toEqualTypeOf<
    Retrieve['responses'][200]['content']['application/json']
  >();
});

test('a customer has exact types, not strings and numbers at large', () => {
  expectTypeOf<Customer['object']>().toEqualTypeOf<'customer'>();
  expectTypeOf<Customer['extra_id']>().toEqualTypeOf<string | null>();
  expectTypeOf<Customer['current_mrr']>().toEqualTypeOf<number>();
});

test('a path that the description does not have does not compile', () => {
  // @ts-expect-error no such path
  void ((api: FirstOfficer['api']) => api.GET('/v2/customer/{customer}'));
});
