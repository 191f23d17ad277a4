import { find } from '../../src/customers/stored-customer.ts';
import { customers, getErrorBody, getErrorHeaders, MAX_LENGTH, PREFIX } from './description.ts';
import type { Answer, Message, Request, Steps } from './steps.ts';

/** The only valid key of the server. */
export const TOKEN = 'sk_selftest_5Kq2vB8nW3xT';

/** The steps of the correct server. */
export const CORRECT = {
  authorize({ authorization }: Request): boolean {
    const [value, ...others] = authorization;
    return value !== undefined && others.length === 0 && parseKey(value) === TOKEN;
  },

  getSegment(path: string): string | undefined {
    if (!path.startsWith(PREFIX)) return undefined;
    const segment = path.slice(PREFIX.length);
    return segment.includes('/') ? undefined : segment;
  },

  decode(segment: string): string | undefined {
    try {
      return decodeURIComponent(segment);
    } catch {
      return undefined;
    }
  },

  isValid(identifier: string): boolean {
    const { length } = [...identifier];
    return length >= 1 && length <= MAX_LENGTH;
  },

  find,
  // The email address is an identifier, but not a member of the response.
  renderCustomer: ({ email: _, ...customer }) => customer,
  renderError: getErrorBody,

  // The key comes first, so that requests without it learn nothing about paths, identifiers or customers.
  answer(request: Request, steps: Steps): Answer {
    if (!steps.authorize(request)) return fail(401);
    const segment = steps.getSegment(request.path);
    if (segment === undefined) return fail(404);
    if (request.method !== 'GET' && request.method !== 'HEAD') return fail(405, { Allow: 'GET, HEAD' });

    const identifier = steps.decode(segment);
    if (identifier === undefined || !steps.isValid(identifier)) return fail(400);
    const customer = steps.find(identifier, customers);
    return customer
      ? { status: 200, headers: {}, body: steps.renderCustomer(customer, identifier, request) }
      : fail(404);

    function fail(status: number, headers: Answer['headers'] = {}): Answer {
      return { status, headers: { ...getErrorHeaders(status), ...headers }, body: steps.renderError(status, request) };
    }
  },

  changeAnswer: (answer: Answer) => answer,
  serialize: (body: unknown) => JSON.stringify(body),
  changeMessage: (message: Message) => message,

  // Node omits the body for HEAD.
  send({ status, headers, bytes }, response): void {
    response.writeHead(status, headers).end(bytes);
  },
} satisfies Steps;

/** Returns the key of an Authorization header in one of the documented forms. */
export function parseKey(value: string): string | undefined {
  return parseBasic(value) ?? parseToken(value);
}

/** Parses `Basic <base64 of "key:">` with an empty password. Scheme names are case-insensitive (RFC 9110). */
function parseBasic(value: string): string | undefined {
  const encoded = /^basic +(.+)$/i.exec(value)?.[1];
  if (encoded === undefined) return undefined;
  const credentials = Buffer.from(encoded, 'base64');
  // Buffer ignores invalid characters, so the value is valid only if encoding it again gives the same text.
  if (credentials.toString('base64') !== encoded) return undefined;
  return /^([^:]+):$/.exec(credentials.toString('utf8'))?.[1];
}

/** Parses `Token token="<key>"`. */
export function parseToken(value: string): string | undefined {
  return /^token +token="([^"]+)"$/i.exec(value)?.[1];
}
