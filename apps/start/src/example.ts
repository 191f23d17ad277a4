import { fillPath, findExamplePairs, loadDescription } from '@firstofficer/openapi';

/** The operation that `customers.retrieve` of the client calls. */
const OPERATION = 'retrieveCustomer';

/** Returns the identifier and the path of the first example customer in the description. */
export async function firstExample(): Promise<{ identifier: string; path: string }> {
  const { operations } = await loadDescription(new URL(import.meta.resolve('@firstofficer/spec/openapi.yaml')));
  const operation = operations.find(({ id }) => id === OPERATION);
  const pair = operation && findExamplePairs(operation).find(({ status }) => status === '200');
  const [identifier] = Object.values(pair?.parameters ?? {});
  if (!pair || identifier === undefined)
    throw new Error(`spec/openapi.yaml has no example pair for ${OPERATION} and 200.`);
  return { identifier, path: fillPath(operation.path, pair.parameters) };
}
