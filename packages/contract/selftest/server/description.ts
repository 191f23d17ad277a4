import { findExamplePairs, loadDescription } from '@firstofficer/openapi';

const { operations } = await loadDescription(new URL(import.meta.resolve('@firstofficer/spec/openapi.yaml')));
const operation = operations.find(({ id }) => id === 'retrieveCustomer');
if (!operation) throw new Error('The description has no operation retrieveCustomer.');

const [parameter] = operation.parameters;
if (!parameter) throw new Error('retrieveCustomer has no parameter.');

/** The path of the operation before its parameter, such as `/v2/customers/`. */
export const PREFIX = operation.path.slice(0, operation.path.indexOf('{'));

/** The example pairs of the description. */
export const examples = findExamplePairs(operation).map(({ name, parameters, status, body }) => ({
  name,
  identifier: parameters[parameter.name] ?? '',
  status: Number(status),
  body: body as Readonly<Record<string, unknown>>,
}));

/** Returns the identifier of the example with this name. */
export function example(name: string): string {
  const found = examples.find((pair) => pair.name === name);
  if (!found) throw new Error(`The description has no example pair ${name}.`);
  return found.identifier;
}

/** Returns the example body of an error. */
export function errorExample(status: number): ErrorBody {
  const { content = {} } = operation?.responses[String(status)] ?? {};
  const [body] = Object.values(content['application/json']?.examples ?? {});
  if (!body) throw new Error(`The description has no example of a ${status}.`);
  return body.value as ErrorBody;
}

export interface ErrorBody {
  readonly error: { readonly type: string; readonly message: string; readonly param?: string };
}
