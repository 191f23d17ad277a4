import { findExamplePairs, loadDescription } from '@firstofficer/openapi';
import { type Customer, demandingCustomers, type StoredCustomer } from '../../src/index.ts';

const { operations } = await loadDescription(new URL(import.meta.resolve('@firstofficer/spec/openapi.yaml')));
const operation = operations.find(({ id }) => id === 'retrieveCustomer');
if (!operation) throw new Error('The description has no operation retrieveCustomer.');

const [parameter] = operation.parameters;
if (!parameter) throw new Error('retrieveCustomer has no parameter.');

const { path, responses } = operation;

/** The path of the operation before its parameter, such as `/v2/customers/`. */
export const PREFIX = path.slice(0, path.indexOf('{'));

/** The example pairs of the description. */
export const examples = findExamplePairs(operation).map(({ name, parameters, status, body }) => ({
  name,
  identifier: parameters[parameter.name] ?? '',
  status: Number(status),
  body,
}));

/** Returns the identifier in the example pair with this name. */
export function getIdentifier(name: string): string {
  const found = examples.find((pair) => pair.name === name);
  if (!found) throw new Error(`The description has no example pair ${name}.`);
  return found.identifier;
}

/** The customers of the description's examples. */
export const exampleCustomers: readonly StoredCustomer[] = [
  ...Map.groupBy(
    examples.filter(({ status }) => status === 200),
    ({ body }) => body,
  ),
].map(([body, named]) => {
  // The lint of the spec validates each example against its schema, so the body of a 200 is a customer.
  const customer = body as Customer;
  const inBody: readonly unknown[] = [customer.stripe_id, String(customer.id), customer.extra_id];
  // An identifier that is not in the body is the email address.
  const email = named.find(({ identifier }) => !inBody.includes(identifier))?.identifier ?? null;
  return { ...customer, email };
});

/** All customers of the server. */
export const customers: readonly StoredCustomer[] = [...demandingCustomers, ...exampleCustomers];

/** The body of an error. */
export interface ErrorBody {
  readonly error: { readonly type: string; readonly message: string; readonly param?: string };
}

/** The largest number of Unicode characters in an identifier. */
export const MAX_LENGTH = Number(parameter.schema?.maxLength);

/** Returns whether the description has an error response with this status. */
export const isDocumentedError = (status: number) => status >= 400 && String(status) in responses;

/** Returns the required headers of an error, such as `WWW-Authenticate` of a 401, from the description's examples. */
export function getErrorHeaders(status: number): Readonly<Record<string, string>> {
  const headers = Object.entries(responses[String(status)]?.headers ?? {}).filter(([, { required }]) => required);
  return Object.fromEntries(headers.map(([name, { example }]) => [name, String(example)]));
}

/** Returns the description's example of an error body for this status, or for the most similar documented status. */
export function getErrorBody(status: number): ErrorBody {
  const { content = {} } = responses[String(findSimilarStatus(status))] ?? {};
  const [body] = Object.values(content['application/json']?.examples ?? {});
  if (!body) throw new Error(`The description has no example of a ${status}.`);
  // The lint of the spec validates each example against its schema, so the body of an error is an ErrorBody.
  return body.value as ErrorBody;
}

function findSimilarStatus(status: number): number {
  if (isDocumentedError(status)) return status;
  return status < 500 ? 400 : 503;
}
