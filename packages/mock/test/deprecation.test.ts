import { fileURLToPath } from 'node:url';
import { DEFAULT_TOKEN } from '@firstofficer/mock';
import { createMockHandlers } from '@firstofficer/mock/msw';
import { getResponse } from 'msw';
import { describe, expect, test } from 'vitest';
import { encodeBasic, send, startMockForFile, startTestMock } from './support.ts';

const spec = fileURLToPath(import.meta.resolve('@firstofficer/spec/test/deprecations.openapi.yaml'));
const mock = await startMockForFile({ spec });

const API = 'https://invoices.firstofficer.io';
const BILL = '/v1/bills/inv_1';
const ANNOUNCED = { deprecation: '@1793491200', sunset: 'Mon, 01 Nov 2027 00:00:00 GMT' };

/** Returns the headers that announce a deprecation. */
const pick = ({ deprecation, sunset }: { readonly [name: string]: unknown }) => ({ deprecation, sunset });

const REQUESTS: Readonly<Record<string, { target: string; method?: string; headers?: Record<string, string> }>> = {
  200: { target: BILL },
  '200 to HEAD': { target: BILL, method: 'HEAD' },
  304: { target: BILL, headers: { 'If-None-Match': '*' } },
  '304 to HEAD': { target: BILL, method: 'HEAD', headers: { 'If-None-Match': '*' } },
  '400 for a parameter': { target: '/v1/bills/1' },
  '400 for an encoding': { target: '/v1/bills/%ZZ' },
  '400 for a preference': { target: BILL, headers: { Prefer: 'code=x' } },
  401: { target: BILL, headers: { Authorization: encodeBasic('wrong') } },
  404: { target: '/v1/bills/inv_404' },
  '418 that is not documented': { target: BILL, headers: { Prefer: 'code=418' } },
};

describe.each(Object.entries(REQUESTS))(
  'a deprecated operation has Deprecation and Sunset in its %s',
  (name, request) => {
    const status = Number.parseInt(name, 10);

    test('from the server', async () => {
      const response = await send(mock, request.target, request);

      expect({ status: response.status, ...pick(response.headers) }).toEqual({ status, ...ANNOUNCED });
    });

    test('from the handlers of MSW', async () => {
      const { handlers } = await createMockHandlers({ spec });
      const headers = { Authorization: encodeBasic(DEFAULT_TOKEN), ...request.headers };
      const response = await getResponse([...handlers], new Request(API + request.target, { ...request, headers }));

      expect({ status: response?.status, ...pick(Object.fromEntries(response?.headers ?? [])) }).toEqual({
        status,
        ...ANNOUNCED,
      });
    });
  },
);

test.each([
  ['an operation that is not deprecated', '/v1/invoices/inv_1', {}],
  ['a request with a deprecated parameter', '/v1/invoices?page_size=2', { 'X-Language': 'de' }],
  ['an unknown path', '/v1/unknown', {}],
  ['an unknown path without a key', '/v1/unknown', { Authorization: '' }],
])('%s has neither header', async (_, target, headers) => {
  expect(pick((await send(mock, target, { headers })).headers)).toEqual({});
});

test('a method that a deprecated path does not have gets neither header', async () => {
  const { status, headers } = await send(mock, BILL, { method: 'DELETE' });

  expect({ status, ...pick(headers) }).toEqual({ status: 405 });
});

test('a scenario can replace and remove the headers', async () => {
  const scenario = { operation: 'retrieveBill', answer: { headers: { Deprecation: '@0', sunset: null } } };
  const other = await startTestMock({ spec, scenarios: [scenario] });

  expect(pick((await send(other, BILL)).headers)).toEqual({ deprecation: '@0' });
});

test('pages of other origins can read the headers', async () => {
  const { headers } = await send(mock, BILL, { headers: { Origin: 'http://localhost:3000' } });

  expect(headers['access-control-expose-headers']).toBe('*');
});
