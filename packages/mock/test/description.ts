import { fileURLToPath } from 'node:url';
import { type ExamplePair, examplePairs, fillPath, loadDescription, type Operation } from '@firstofficer/openapi';

/** Where the description that the mock serves by default is. */
const SPEC_FILE = fileURLToPath(import.meta.resolve('@firstofficer/spec/openapi.yaml'));

const { operations } = await loadDescription(SPEC_FILE);

/** Every operation of the description. */
export { operations };

/** Every example pair of the description, with the path to request. */
export const PAIRS: readonly (ExamplePair & { readonly operation: Operation; readonly path: string })[] =
  operations.flatMap((operation) =>
    examplePairs(operation).map((pair) => ({ ...pair, operation, path: fillPath(operation.path, pair.parameters) })),
  );

/** The body of the documented error, which the description gives one example of. */
export function documentedError(status: string): unknown {
  const examples = operations[0]?.responses[status]?.content?.['application/json']?.examples ?? {};
  return Object.values(examples)[0]?.value;
}

/** The path of an example, such as `stripe_id`. */
export function pathOf(name: string): string {
  const pair = PAIRS.find((candidate) => candidate.name === name);
  if (!pair) throw new Error(`The description has no example pair ${name}.`);
  return pair.path;
}
