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
 * An example that has no counterpart is in no pair.
 *
 * @example
 * for (const { name, parameters, status } of examplePairs(operation)) console.log(name, parameters, status);
 */
export function examplePairs(operation: Operation): ExamplePair[] {
  const names = new Set(operation.parameters.flatMap(({ examples = {} }) => Object.keys(examples)));
  return [...names].flatMap((name) => {
    const response = findResponseExample(operation, name);
    return response ? [{ name, parameters: parameterValues(operation, name), ...response }] : [];
  });
}

function parameterValues(operation: Operation, name: string): Record<string, string> {
  return Object.fromEntries(
    operation.parameters.flatMap((parameter) => {
      const example = parameter.examples?.[name];
      return example ? [[parameter.name, String(example.value)]] : [];
    }),
  );
}

function findResponseExample(operation: Operation, name: string): Omit<ExamplePair, 'name' | 'parameters'> | undefined {
  for (const [status, { content = {} }] of Object.entries(operation.responses)) {
    for (const [mediaType, { examples = {} }] of Object.entries(content)) {
      const example = examples[name];
      if (example) return { status, mediaType, body: example.value };
    }
  }
  return undefined;
}
