import { fileURLToPath } from 'node:url';
import { verifyContract } from '@firstofficer/contract';
import { loadDescription } from '@firstofficer/openapi';
import { afterAll, expect, test } from 'vitest';
import type { Handlers } from '../src/server/routes.ts';
import { sqlite } from './databases.ts';
import { authorize, startServer } from './running-api.ts';

const spec = fileURLToPath(import.meta.resolve('@firstofficer/spec/test/deprecations.openapi.yaml'));
const description = await loadDescription(spec);

const INVOICE = { id: 'inv_1', total: 69_900, amount: 69_900, note: null };
const retrieveInvoice: Handlers[string] = ({ path: { invoice, bill } }) => {
  if (bill === 'inv_500') throw new Error('a mistake in the handler');
  return (invoice ?? bill) === INVOICE.id ? { status: 200, body: INVOICE } : { status: 404 };
};
const handlers: Handlers = {
  retrieveBill: retrieveInvoice,
  retrieveInvoice,
  listInvoices: () => ({ status: 200, body: { data: [INVOICE] }, headers: { 'X-Total-Count': '1', 'X-Total': '1' } }),
  createInvoice: () => ({ status: 201, body: INVOICE }),
};

const BILL = '/v1/bills/inv_1';
const ANNOUNCED = { deprecation: '@1793491200', sunset: 'Mon, 01 Nov 2027 00:00:00 GMT' };
const ORIGIN = 'https://docs.example.com';

const { url, key } = await startServer(
  { onTestFinished: afterAll, skip: () => expect.fail('SQLite is missing') },
  sqlite,
  {
    description,
    handlers,
    allowOrigins: new Set([ORIGIN]),
  },
);

async function send(target: string, init: RequestInit = {}) {
  const response = await fetch(url + target, { ...init, headers: { ...authorize(key), ...init.headers } });
  await response.arrayBuffer();
  const headers = Object.fromEntries(response.headers);
  const { deprecation, sunset } = headers;
  return { status: response.status, headers, announced: { deprecation, sunset } };
}

test('each response of a deprecated operation has Deprecation and Sunset', async () => {
  for (const [status, target, init] of [
    [200, BILL, {}],
    [200, BILL, { method: 'HEAD' }],
    [304, BILL, { headers: { 'If-None-Match': '*' } }],
    [304, BILL, { method: 'HEAD', headers: { 'If-None-Match': '*' } }],
    [400, '/v1/bills/1', {}],
    [400, '/v1/bills/%ZZ', {}],
    [401, BILL, { headers: { Authorization: '' } }],
    [404, '/v1/bills/inv_2', {}],
    [500, '/v1/bills/inv_500', {}],
  ] as const) {
    const { announced, ...response } = await send(target, init);
    expect({ status: response.status, ...announced }, `${status} ${target}`).toEqual({ status, ...ANNOUNCED });
  }
});

test('other responses have neither header', async () => {
  for (const [status, target, init] of [
    [200, '/v1/invoices/inv_1', {}],
    // The headers are about the operation, which stays if only a parameter is deprecated.
    [200, '/v1/invoices?page_size=2', { headers: { 'X-Language': 'de' } }],
    [404, '/v1/unknown', {}],
    [401, '/v1/unknown', { headers: { Authorization: '' } }],
    [405, BILL, { method: 'DELETE' }],
    [200, '/readyz', {}],
  ] as const) {
    const { announced, ...response } = await send(target, init);
    expect({ status: response.status, ...announced }, `${status} ${target}`).toEqual({ status });
  }
});

test('pages of allowed origins can read the headers', async () => {
  const { headers } = await send(BILL, { headers: { Origin: ORIGIN } });

  expect(headers['access-control-expose-headers']?.split(', ')).toEqual(
    expect.arrayContaining(['ETag', 'Deprecation', 'Sunset']),
  );
});

test('the contract tests find the dates of the description in the headers, and note only what is deprecated', async () => {
  const target = { url, token: key };
  const { checks, verdict } = await verifyContract({ target, spec, only: ['deprecations'], seed: 1 });
  const findings = checks.flatMap((check) => check.findings);

  expect(verdict).toBe('passed');
  expect(findings.map(({ expected }) => expected)).toEqual([
    'no use of the operation retrieveBill',
    'no use of the member amount of the response body',
    'no use of the query parameter page_size',
    'no use of the header parameter X-Language',
    'no use of the response header X-Total',
    'no use of the member memo of the request body',
  ]);
});
