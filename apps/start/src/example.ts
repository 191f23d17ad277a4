import { type ExamplePair, examplePairs, fillPath, loadDescription } from '@firstofficer/openapi';

/** The first example of the description that succeeds: what a newcomer is shown. */
export async function firstExample(): Promise<{ identifier: string; path: string }> {
  const { operations } = await loadDescription(new URL(import.meta.resolve('@firstofficer/spec/openapi.yaml')));
  for (const operation of operations) {
    const pair = examplePairs(operation).find(({ status }: ExamplePair) => status === '200');
    const [identifier] = Object.values(pair?.parameters ?? {});
    if (pair && identifier !== undefined) return { identifier, path: fillPath(operation.path, pair.parameters) };
  }
  throw new Error('spec/openapi.yaml has no example that succeeds: give a parameter and a 200 one of the same name.');
}
