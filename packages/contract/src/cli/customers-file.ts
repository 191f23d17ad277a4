import { readFile } from 'node:fs/promises';
import { UsageError } from '@firstofficer/common/command';
import type { JsonSchema } from '@firstofficer/openapi';
import { explainUnsendable, type Identifier, type KnownCustomer } from '../customers/known-customers.ts';
import { createValidator } from '../schema/validation.ts';

type Members = Readonly<Record<string, JsonSchema>>;

// In the API's order of precedence. The first one that a customer has is the most certain to find it.
const IDENTIFIERS = ['stripe_id', 'id', 'extra_id', 'email'] as const;
const EXAMPLE =
  '[{ "id": 1340573, "stripe_id": "cus_1234ABCD", "extra_id": "…", "email": "…" }], each with at least one of these';

/**
 * Reads a JSON list of customers that the target has.
 *
 * @param members - The schemas of a customer's members by name. A response must have the values that the file gives.
 * @throws UsageError if the file cannot be read or has an invalid customer.
 */
export async function readCustomersFile(file: string, members: Members): Promise<KnownCustomer[]> {
  const content = await readFile(file, 'utf8').catch(({ code }: NodeJS.ErrnoException) => {
    throw new UsageError(`--customers: cannot read "${file}" (${code}). Check the path.`);
  });
  // Some editors write a byte order mark at the start.
  const list = parse(content.replace(/^\ufeff/, ''), file);
  if (!Array.isArray(list) || list.length === 0)
    throw new UsageError(`--customers: ${file} must be a list: ${EXAMPLE}.`);
  return list.map((entry: unknown, index) => readCustomer(entry, `${file}, customer ${index + 1}`, members));
}

function isIdentifier(member: string): boolean {
  return IDENTIFIERS.some((name) => name === member);
}

function explainInvalid(schema: JsonSchema, value: unknown): string | undefined {
  return createValidator({}).validateResponse(schema, value, 'it')[0]?.expected.replace(/^it /, '');
}

function parse(content: string, file: string): unknown {
  try {
    return JSON.parse(content);
  } catch (error) {
    // The parser's message quotes the file, which may have personal data, so only the position is kept.
    const place = / at position \d+.*$/.exec((error as Error).message)?.[0] ?? '';
    throw new UsageError(`--customers: ${file} is not JSON${place}.`);
  }
}

function readCustomer(entry: unknown, where: string, members: Members): KnownCustomer {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    throw new UsageError(`--customers: ${where} must be an object, as in ${EXAMPLE}.`);
  }
  const customer = Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== null));
  for (const [member, value] of Object.entries(customer)) {
    // The email address identifies the customer, but is not a member of the response.
    const schema = member === 'email' ? { type: 'string' } : members[member];
    if (!schema) {
      const known = [...new Set([...IDENTIFIERS, ...Object.keys(members)])];
      throw new UsageError(`--customers: ${where} has an unknown member "${member}". Known: ${known.join(', ')}.`);
    }
    const reason =
      explainInvalid(schema, value) ?? (isIdentifier(member) ? explainUnsendable(String(value)) : undefined);
    if (reason !== undefined) throw new UsageError(`--customers: ${where}: "${member}" ${reason}.`);
  }
  const identifiers = IDENTIFIERS.flatMap((label): Identifier[] =>
    label in customer ? [{ label, value: String(customer[label]) }] : [],
  );
  if (identifiers.length === 0)
    throw new UsageError(`--customers: ${where} needs at least one of ${IDENTIFIERS.join(', ')}.`);
  const { email: _, ...expected } = customer;
  return { identifiers, expected };
}
