import { TOKEN } from './server/authorization.ts';
import { example, PREFIX } from './server/description.ts';

/** A request that is sent unchanged. */
export interface TestRequest {
  readonly method: string;
  /** The request target. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
}

export const basic = (credentials: string) => `Basic ${Buffer.from(credentials).toString('base64')}`;
export const token = (key: string) => `Token token="${key}"`;

const PAYING = example('stripe_id');

/** Returns a request for a customer with the right key. `more` replaces or adds parts. */
export function retrieve(identifier: string = PAYING, more: Partial<TestRequest> = {}): TestRequest {
  return retrieveRaw(encodeURIComponent(identifier), more);
}

/** Returns a request with an unencoded path segment, which may include a query. */
export function retrieveRaw(segment: string, { headers, ...more }: Partial<TestRequest> = {}): TestRequest {
  return {
    method: 'GET',
    target: PREFIX + segment,
    ...more,
    headers: { Authorization: token(TOKEN), ...headers },
  };
}

/** Returns a request for a customer with these credentials, or without any. */
export function authorizedBy(value: string | undefined, identifier: string = PAYING): TestRequest {
  return {
    method: 'GET',
    target: PREFIX + encodeURIComponent(identifier),
    headers: value === undefined ? {} : { Authorization: value },
  };
}
