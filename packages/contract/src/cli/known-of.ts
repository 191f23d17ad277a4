import type { Description, JsonSchema, Operation } from '@firstofficer/openapi';
import { readCustomersFile } from '../customers-file.ts';
import { whyUnsendable } from '../identifier.ts';
import { retrievesCustomer } from '../rules/customer.ts';
import type { Identifier, KnownCustomer } from '../target.ts';
import { UsageError } from '../usage-error.ts';
import type { Flags } from './options.ts';

/** The customers that the target is said to have. */
export async function customersOf(
  { customer, email, customers }: Partial<Flags>,
  { operations }: Description,
): Promise<KnownCustomer[]> {
  if (email !== undefined && customer === undefined) {
    throw new UsageError('--email goes with --customer: it is the address of that customer.');
  }
  const operation = operations.find(retrievesCustomer);
  if (!operation && (customer ?? customers) !== undefined) {
    throw new UsageError(
      '--customer and --customers are for descriptions with retrieveCustomer: use --parameter instead.',
    );
  }
  const known = customers === undefined ? [] : await readCustomersFile(customers, membersOf(operation));
  if (customer !== undefined) {
    const identifiers = [identifierOf('--customer', customer)];
    if (email !== undefined) identifiers.push(identifierOf('--email', email));
    known.unshift({ identifiers, expected: {} });
  }
  return known;
}

/** What a customer has, by name. */
function membersOf(operation: Operation | undefined): Readonly<Record<string, JsonSchema>> {
  const [body] = Object.values(operation?.responses['200']?.content ?? {});
  return (body?.schema?.properties ?? {}) as Readonly<Record<string, JsonSchema>>;
}

function identifierOf(label: string, value: string): Identifier {
  const reason = whyUnsendable(value);
  if (reason !== undefined) throw new UsageError(`${label} ${reason}.`);
  return { label, value };
}

/** The values of parameters that were given as `name=value`. */
export function parametersOf(given: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    given.map((text) => {
      const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
      if (name === undefined || value === undefined) {
        throw new UsageError('--parameter must be a name and a value, such as --parameter petId=7.');
      }
      return [name, value];
    }),
  );
}
