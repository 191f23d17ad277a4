import { findExamplePairs, loadDescription } from '@firstofficer/openapi';

/** An example customer of the description, with an identifier that retrieves it. */
export interface ExampleCustomer {
  readonly identifier: string;
  readonly customer: unknown;
}

/** Returns the first example customer of the description. */
export async function exampleCustomer(): Promise<ExampleCustomer> {
  const { operations } = await loadDescription(new URL(import.meta.resolve('@firstofficer/spec/openapi.yaml')));
  const pair = operations.flatMap(findExamplePairs).find(({ status }) => status === '200');
  if (pair?.parameters.customer === undefined)
    throw new Error('The description has no example of a retrieved customer.');
  return { identifier: pair.parameters.customer, customer: pair.body };
}
