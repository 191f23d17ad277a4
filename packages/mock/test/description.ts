import { fileURLToPath } from 'node:url';
import { type ExamplePair, fillPath, findExamplePairs, loadDescription, type Operation } from '@firstofficer/openapi';

/** The path of the description that the mock serves by default. */
const SPEC_FILE = fileURLToPath(import.meta.resolve('@firstofficer/spec/openapi.yaml'));

const { operations } = await loadDescription(SPEC_FILE);

/** Every operation of the description. */
export { operations };

/** Every example pair of the description, with the path of its request. */
export const PAIRS: readonly (ExamplePair & { readonly operation: Operation; readonly path: string })[] =
  operations.flatMap((operation) =>
    findExamplePairs(operation).map((pair) => ({
      ...pair,
      operation,
      path: fillPath(operation.path, pair.parameters),
    })),
  );

/** Returns the example body of a documented error. */
export function documentedError(status: string): unknown {
  const examples = operations[0]?.responses[status]?.content?.['application/json']?.examples ?? {};
  return Object.values(examples)[0]?.value;
}

/** Returns the request path of an example, such as `stripe_id`. */
export function pathOf(name: string): string {
  const pair = PAIRS.find((candidate) => candidate.name === name);
  if (!pair) throw new Error(`The description has no example pair named ${name}.`);
  return pair.path;
}
