import { loadDescription } from '@firstofficer/openapi';
import type { Link } from './engine/link.ts';
import type { Subject } from './engine/subject.ts';
import type { Order } from './order.ts';
import { PARAMETER, retrievesCustomer } from './rules/customer.ts';
import { exampleCustomers } from './rules/example-customers.ts';
import { learnIdentifiers } from './rules/learn-identifiers.ts';

/** Reads the description and learns what can be learnt of the target before it is tested. */
export async function prepareSubject(
  { target, spec, customers, parameters, settings }: Order,
  link: Link,
): Promise<Subject> {
  const description = await loadDescription(spec);
  const operation = description.operations.find(retrievesCustomer);
  const first = customers[0]?.identifiers[0]?.value;
  const servesExamples = customers.length === 0 && Object.keys(parameters).length === 0;
  const named = operation && servesExamples ? exampleCustomers(operation) : customers;
  const all = operation
    ? await Promise.all(named.map((customer) => learnIdentifiers(operation, target, link, customer)))
    : [];
  return {
    description,
    target,
    settings,
    known: { ...parameters, ...(operation && first !== undefined && { [PARAMETER]: first }) },
    alternatives: all.flatMap(({ identifiers }) => identifiers.map(({ value }) => ({ [PARAMETER]: value }))),
    customers: all,
    servesExamples,
  };
}
