import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { findExamplePath, operations, send, startMockForFile } from './support.ts';

const mock = await startMockForFile();

const errorSchema = operations[0]?.responses['401']?.content?.['application/json']?.schema ?? false;
const isDocumentedError = new Ajv2020({ strict: false }).compile(errorSchema);

describe('HEAD', () => {
  test.each(['stripe_id', 'unknown_customer', 'bad_identifier'])(
    'returns the headers of GET for %s, without a body',
    async (name) => {
      const { date: _, 'x-request-id': _id, ...expected } = (await send(mock, findExamplePath(name))).headers;
      const { text, headers } = await send(mock, findExamplePath(name), { method: 'HEAD' });

      expect(headers).toMatchObject(expected);
      expect(text).toBe('');
    },
  );
});

describe('a method that is not in the description', () => {
  test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('%s gets 405 and Allow', async (method) => {
    const response = await send(mock, findExamplePath('stripe_id'), { method });

    expect(response.status).toBe(405);
    expect(response.headers.allow).toBe('GET, HEAD');
    expect(response.headers['content-type']).toBe('application/json');
    expect(isDocumentedError(response.json)).toBe(true);
  });
});

describe('a path that is not in the description', () => {
  test.each(['/', '/v2/customers', '/v2/customers/a/b', '/v1/customers/a', '/v2/Customers/a', '*'])(
    '%s gets 404',
    async (path) => {
      const response = await send(mock, path);

      expect(response.status).toBe(404);
      expect(isDocumentedError(response.json)).toBe(true);
      expect(response.json).toMatchObject({ error: { message: expect.stringContaining('/v2/customers/{customer}') } });
    },
  );
});
