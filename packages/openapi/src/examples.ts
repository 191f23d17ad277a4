import type { Operation } from './operation.ts';

/**
 * The parameters of an example request and the response that the description documents for it.
 *
 * @example
 * const { parameters, status, body }: ExamplePair = pair;
 */
export interface ExamplePair {
  /** The name that the parameter example and the response example share. */
  readonly name: string;
  /** The values of the parameters, by parameter name. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The status of the response as written in the description, such as `200`. */
  readonly status: string;
  /** The content type of the response. */
  readonly mediaType: string;
  /** The body of the response. */
  readonly body: unknown;
}

/**
 * Returns the example pairs of an operation. A parameter example and the response example of the same name are a pair.
 *
 * An example is left out if it has no counterpart, if responses of several statuses have an example of its name, or if
 * its parameter value is an array or an object.
 *
 * @example
 * for (const { name, parameters, status } of findExamplePairs(operation)) console.log(name, parameters, status);
 */
export function findExamplePairs(operation: Operation): ExamplePair[] {
  const names = new Set(operation.parameters.flatMap(({ examples = {} }) => Object.keys(examples)));
  return [...names].flatMap((name) => {
    if (operation.parameters.some(({ examples }) => typeof (examples?.[name]?.value ?? '') === 'object')) return [];
    const response = findResponseExample(operation, name);
    return response ? [{ name, parameters: readParameterValues(operation, name), ...response }] : [];
  });
}

function readParameterValues(operation: Operation, name: string): Record<string, string> {
  return Object.fromEntries(
    operation.parameters.flatMap((parameter) => {
      const value = parameter.examples?.[name]?.value;
      return value === undefined ? [] : [[parameter.name, String(value)]];
    }),
  );
}

function findResponseExample(operation: Operation, name: string): Omit<ExamplePair, 'name' | 'parameters'> | undefined {
  const found = Object.entries(operation.responses).flatMap(([status, { content = {} }]) =>
    Object.entries(content).flatMap(([mediaType, { examples = {} }]) => {
      const body = examples[name]?.value;
      return body === undefined ? [] : [{ status, mediaType, body }];
    }),
  );
  return new Set(found.map(({ status }) => status)).size === 1 ? found[0] : undefined;
}
