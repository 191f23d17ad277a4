import type { RequestListener } from 'node:http';

const json = (schema: object, examples: object = {}) => ({ 'application/json': { schema, examples } });
const ERROR = { type: 'object', required: ['error'], properties: { error: { type: 'string' } } };
const refusal = (description: string, examples = {}) => ({ description, content: json(ERROR, examples) });

/** A description that the tests do not know: two operations, two security schemes, and parameters of every kind. */
export const SHOPS = {
  openapi: '3.1.0',
  info: { title: 'Shops', version: '1.0.0' },
  security: [{ basic: [] }],
  paths: {
    '/v1/shops/{shop}': {
      get: {
        operationId: 'getShop',
        parameters: [
          {
            name: 'shop',
            in: 'path',
            required: true,
            schema: { type: 'string', pattern: '^[a-z]{3,8}$' },
            examples: { acme: { value: 'acme' }, missing: { value: 'nobody' } },
          },
          { name: 'X-Region', in: 'header', required: true, schema: { enum: ['eu', 'us'] } },
          { name: 'session', in: 'cookie', required: true, schema: { const: 's1' } },
        ],
        responses: {
          200: {
            description: 'A shop.',
            headers: { 'X-Request-Id': { required: true, schema: { type: 'string', pattern: '^r-\\d+$' } } },
            content: json(
              {
                type: 'object',
                required: ['name', 'size'],
                properties: { name: { type: 'string' }, size: { type: 'integer' } },
              },
              { acme: { value: { name: 'Acme', size: 3 } } },
            ),
          },
          400: refusal('Unreadable.'),
          401: {
            ...refusal('No key.'),
            headers: { 'WWW-Authenticate': { required: true, schema: { type: 'string', pattern: '^Basic' } } },
          },
          404: refusal('No such shop.', { missing: { value: { error: 'none' } } }),
        },
      },
    },
    '/v1/reports': {
      get: {
        operationId: 'listReports',
        security: [{ bearer: [] }],
        parameters: [
          {
            name: 'month',
            in: 'query',
            required: true,
            schema: { type: 'string', pattern: '^\\d{4}-\\d{2}$' },
            examples: { january: { value: '2026-01' } },
          },
        ],
        responses: {
          200: {
            description: 'Reports.',
            content: json(
              {
                type: 'object',
                required: ['months'],
                properties: { months: { type: 'array', items: { type: 'string' } } },
              },
              { january: { value: { months: ['2026-01'] } } },
            ),
          },
          400: refusal('Unreadable.'),
          401: refusal('No key.'),
        },
      },
    },
  },
  components: {
    securitySchemes: { basic: { type: 'http', scheme: 'basic' }, bearer: { type: 'http', scheme: 'bearer' } },
  },
};

export const TOKEN = 'sk_shops_12345678';

/** The answer of the server. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** The parts of a request that this API reads. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly shop: string | undefined;
  readonly month: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

const error = (status: number, text: string, headers = {}): Answer => ({ status, headers, body: { error: text } });

/** Returns the documented answer. */
export function right({ method, path, shop, month, headers }: Asked): Answer {
  const isShop = path.startsWith('/v1/shops/');
  if (!isShop && path !== '/v1/reports') return error(404, 'no such path');
  const key = isShop ? `Basic ${btoa(`${TOKEN}:`)}` : `Bearer ${TOKEN}`;
  // Scheme names are case-insensitive.
  if (String(headers.authorization).replace(/^\w+/, capitalized) !== key)
    return error(401, 'no key', { 'WWW-Authenticate': 'Basic realm="shops"' });
  if (!['GET', 'HEAD'].includes(method)) return error(405, 'no such method', { Allow: 'GET, HEAD' });
  if (!isShop) {
    if (!/^\d{4}-\d{2}$/.test(month ?? '')) return error(400, 'no month');
    return { status: 200, headers: {}, body: { months: [month] } };
  }
  const isValid =
    /^[a-z]{3,8}$/.test(shop ?? '') && headers['x-region'] === 'eu' && /\bsession=s1\b/.test(String(headers.cookie));
  if (!isValid) return error(400, 'unreadable');
  if (shop !== 'acme') return error(404, 'none');
  return { status: 200, headers: { 'X-Request-Id': 'r-1' }, body: { name: 'Acme', size: 3 } };
}

/** Starts a server with this answer. */
export function serve(answer: (asked: Asked) => Answer): RequestListener {
  return ({ method = '', url = '', headers }, response) => {
    const [path = '', query] = url.split('?');
    const asked = {
      method,
      path,
      shop: decoded(path.split('/')[3]),
      month: new URLSearchParams(query).getAll('month').at(-1),
      headers,
    };
    const { status, headers: own, body } = answer(asked);
    const text = JSON.stringify(body);
    response.writeHead(status, {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(text),
      ...own,
    });
    response.end(text);
  };
}

function capitalized(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase();
}

function decoded(segment: string | undefined): string | undefined {
  try {
    return segment && decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
