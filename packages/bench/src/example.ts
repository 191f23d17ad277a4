import { examplePairs, loadDescription } from '@firstofficer/openapi';

/** A customer whom the description shows, by an identifier that retrieves them. */
export interface ExampleCustomer {
  readonly identifier: string;
  readonly customer: unknown;
}

export async function exampleCustomer(): Promise<ExampleCustomer> {
  const { operations } = await loadDescription(new URL(import.meta.resolve('@firstofficer/spec/openapi.yaml')));
  const pair = operations.flatMap(examplePairs).find(({ status }) => status === '200');
  if (pair?.parameters.customer === undefined) throw new Error('The description shows no customer to retrieve.');
  return { identifier: pair.parameters.customer, customer: pair.body };
}
