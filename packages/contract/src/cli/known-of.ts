import { readCustomersFile } from '../customers-file.ts';
import { whyUnsendable } from '../identifier.ts';
import type { Identifier, KnownCustomer } from '../target.ts';
import { UsageError } from '../usage-error.ts';
import type { Flags } from './options.ts';

/** The customers that the target is said to have. */
export async function customersOf({ customer, email, customers }: Partial<Flags>): Promise<KnownCustomer[]> {
  if (email !== undefined && customer === undefined) {
    throw new UsageError('--email goes with --customer: it is the address of that customer.');
  }
  const known = customers === undefined ? [] : await readCustomersFile(customers);
  if (customer !== undefined) {
    const identifiers = [identifierOf('--customer', customer)];
    if (email !== undefined) identifiers.push(identifierOf('--email', email));
    known.unshift({ identifiers, expected: {} });
  }
  return known;
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
