import type { Operation } from './description.ts';

/**
 * A request and the response that the description promises for it.
 *
 * @example
 * const { parameters, status, body }: ExamplePair = pair;
 */
export interface ExamplePair {
  /** The name that the parameter example and the response example share. */
  readonly name: string;
  /** The parameters' values, by parameter name. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The promised status code as the description writes it, such as `200`. */
  readonly status: string;
  /** The content type of the promised body. */
  readonly mediaType: string;
  /** The promised body. */
  readonly body: unknown;
}

/**
 * The pairs of an operation: a parameter example and the response example of the same name belong together.
 *
 * An example that has no counterpart is in no pair, and neither is one that has counterparts of several statuses: which
 * of them is promised, nobody can tell. Lists and objects are in none: as text they are not what is sent.
 *
 * @example
 * for (const { name, parameters, status } of examplePairs(operation)) console.log(name, parameters, status);
 */
export function examplePairs(operation: Operation): ExamplePair[] {
  const names = new Set(operation.parameters.flatMap(({ examples = {} }) => Object.keys(examples)));
  return [...names].flatMap((name) => {
    if (operation.parameters.some(({ examples }) => typeof (examples?.[name]?.value ?? '') === 'object')) return [];
    const response = findResponseExample(operation, name);
    return response ? [{ name, parameters: parameterValues(operation, name), ...response }] : [];
  });
}

function parameterValues(operation: Operation, name: string): Record<string, string> {
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
