import { describe, expectTypeOf, test } from 'vitest';
import type { Api as NotesApi } from '../src/api.ts';
import type { Api, CallOptions, Customer, Customers, operations, paths } from '../src/index.ts';
import type { operations as NotesOperations, paths as NotesPaths } from './generated/openapi.ts';

type Retrieve = operations['retrieveCustomer'];
type Described = Retrieve['responses'][200]['content']['application/json'];

describe('retrieve has the types of the description', () => {
  test('the argument and the result', () => {
    expectTypeOf<Customers['retrieve']>().parameters.toEqualTypeOf<
      [Retrieve['parameters']['path']['customer'], CallOptions?]
    >();
    expectTypeOf<Customers['retrieve']>().returns.resolves.toEqualTypeOf<Described>();
    expectTypeOf<Customers['retrieve']['withResponse']>()
      .returns.resolves.toHaveProperty('data')
      .toEqualTypeOf<Described>();
  });

  test('the operation has the same type by path and by ID', () => {
    expectTypeOf<paths['/v2/customers/{customer}']['get']>().toEqualTypeOf<Retrieve>();
  });
});

test('the members of a customer have exact types', () => {
  expectTypeOf<Customer['object']>().toEqualTypeOf<'customer'>();
  expectTypeOf<Customer['extra_id']>().toEqualTypeOf<string | null>();
  expectTypeOf<Customer['current_mrr']>().toEqualTypeOf<number>();
});

describe('api has the operations of the description only', () => {
  const api = {} as Api;
  const params = { path: { customer: 'cus_1234ABCD' } };

  test('data and error have the types of the description', () => {
    const call = () => api.GET('/v2/customers/{customer}', { params, timeout: 5_000 });
    type Result = Awaited<ReturnType<typeof call>>;

    expectTypeOf<NonNullable<Result['data']>>().toEqualTypeOf<Described>();
    expectTypeOf<NonNullable<Result['error']>['error']['message']>().toEqualTypeOf<string>();
    expectTypeOf<NonNullable<Result['error']>['error']['type']>().toEqualTypeOf<
      'invalid_request_error' | 'api_error'
    >();
  });

  test('only a request with If-None-Match can get a response without data and error', () => {
    const header = { 'If-None-Match': '"x"' };
    void (async () => {
      const plain = await api.GET('/v2/customers/{customer}', { params });
      if (!plain.error) expectTypeOf(plain.data).toEqualTypeOf<Described>();
      const conditional = await api.GET('/v2/customers/{customer}', { params: { ...params, header } });
      if (!conditional.error) expectTypeOf(conditional.data).toEqualTypeOf<Described | undefined>();
    });
    // @ts-expect-error no such header
    void (() => api.GET('/v2/customers/{customer}', { params: { ...params, header: { 'If-Match': '"x"' } } }));
  });

  test('an unknown path does not compile', () => {
    // @ts-expect-error no such path
    void (() => api.GET('/v2/customer/{customer}', { params }));
  });

  test('an unknown method does not compile', () => {
    // @ts-expect-error no such method
    void (() => api.DELETE('/v2/customers/{customer}', { params }));
  });

  test('a call without its parameters does not compile', () => {
    // @ts-expect-error no parameters
    void (() => api.GET('/v2/customers/{customer}'));
    // @ts-expect-error wrong parameter
    void (() => api.GET('/v2/customers/{customer}', { params: { path: { id: 'cus_1234ABCD' } } }));
  });

  test('an unknown option does not compile', () => {
    // @ts-expect-error no such option
    void (() => api.GET('/v2/customers/{customer}', { params, retries: 7 }));
  });
});

describe('another description has its own operations', () => {
  const api = {} as NotesApi<NotesPaths>;
  type Note = NotesOperations['createNote']['responses'][201]['content']['application/json'];
  type List = NotesOperations['listNotes']['responses'][200]['content']['application/json'];

  test('a list has optional parameters', () => {
    const call = () => api.GET('/v1/notes', { params: { query: { limit: 2 }, header: { 'X-Language': 'de' } } });

    expectTypeOf(call).returns.resolves.toHaveProperty('data').toEqualTypeOf<List | undefined>();
    expectTypeOf<List['data'][number]>().toEqualTypeOf<Note>();
    void (() => api.GET('/v1/notes'));
    // @ts-expect-error wrong type of a query parameter
    void (() => api.GET('/v1/notes', { params: { query: { limit: '2' } } }));
    // @ts-expect-error no such language
    void (() => api.GET('/v1/notes', { params: { header: { 'X-Language': 'fr' } } }));
  });

  test('a create needs its body', () => {
    const call = () => api.POST('/v1/notes', { body: { text: 'Hello', pinned: true } });

    expectTypeOf(call).returns.resolves.toHaveProperty('data').toEqualTypeOf<Note | undefined>();
    // @ts-expect-error no body
    void (() => api.POST('/v1/notes'));
    // @ts-expect-error no text
    void (() => api.POST('/v1/notes', { body: { pinned: true } }));
  });

  test('a delete has no data', () => {
    const call = () => api.DELETE('/v1/notes/{note}', { params: { path: { note: 'note_1' } } });

    expectTypeOf(call).returns.resolves.toHaveProperty('data').toEqualTypeOf<undefined>();
    // @ts-expect-error a delete has no body
    void (() => api.DELETE('/v1/notes/{note}', { params: { path: { note: 'note_1' } }, body: {} }));
  });
});
