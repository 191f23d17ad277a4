import { TOKEN } from './server/authorization.ts';
import { example, PREFIX } from './server/description.ts';

/** A request, as it is to be sent. */
export interface TestRequest {
  readonly method: string;
  /** The request target, sent as it is. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
}

export const basic = (credentials: string) => `Basic ${Buffer.from(credentials).toString('base64')}`;
export const token = (key: string) => `Token token="${key}"`;

const PAYING = example('stripe_id');

/** Retrieves a customer with the right key; what is given takes the place of that, or adds to it. */
export function retrieve(identifier: string = PAYING, more: Partial<TestRequest> = {}): TestRequest {
  return retrieveRaw(encodeURIComponent(identifier), more);
}

/** The same for a path segment that is sent as it is, and may bring a query. */
export function retrieveRaw(segment: string, { headers, ...more }: Partial<TestRequest> = {}): TestRequest {
  return {
    method: 'GET',
    target: PREFIX + segment,
    ...more,
    headers: { Authorization: token(TOKEN), ...headers },
  };
}

/** Retrieves a customer with these credentials, or with none. */
export function authorizedBy(value: string | undefined, identifier: string = PAYING): TestRequest {
  return {
    method: 'GET',
    target: PREFIX + encodeURIComponent(identifier),
    headers: value === undefined ? {} : { Authorization: value },
  };
}
