import type { Description } from '@firstofficer/openapi';
import type { KnownCustomer } from '../customers/known-customers.ts';
import type { ParameterValues } from '../request/serialization.ts';
import type { Target } from '../request/target.ts';
import { PARAMETER, retrievesCustomer } from '../rules/customer.ts';
import { addIdentifiers, listExampleCustomers } from '../rules/target-customers.ts';
import { createValidator } from '../schema/validation.ts';
import type { Connection } from './connection.ts';
import type { ResolvedOptions, RunContext } from './context.ts';

/** What is known about the target before the first request. */
interface KnownBefore {
  readonly description: Description;
  readonly target: Target;
  readonly customers: readonly KnownCustomer[];
  readonly parameters: ParameterValues;
  readonly options: ResolvedOptions;
}

/** Builds the context of a run. It asks the target for further identifiers of the known customers. */
export async function prepareContext(
  { description, target, customers, parameters, options }: KnownBefore,
  connection: Connection,
): Promise<RunContext> {
  const operation = description.operations.find(retrievesCustomer);
  const first = customers[0]?.identifiers[0]?.value;
  const servesExamples = customers.length === 0 && Object.keys(parameters).length === 0;
  const named = operation && servesExamples ? listExampleCustomers(operation) : customers;
  const all = operation
    ? await Promise.all(named.map((customer) => addIdentifiers({ operation, target, client: connection }, customer)))
    : [];
  return {
    description,
    validator: createValidator(description.document),
    target,
    options,
    known: { ...parameters, ...(operation && first !== undefined && { [PARAMETER]: first }) },
    alternatives: all.flatMap(({ identifiers }) => identifiers.map(({ value }) => ({ [PARAMETER]: value }))),
    customers: all,
    servesExamples,
  };
}
