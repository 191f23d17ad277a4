import { type Description, type JsonSchema, loadDescription, type Operation } from '@firstofficer/openapi';
import { whyUnsendable } from '../customers/identifier.ts';
import type { Identifier, KnownCustomer } from '../customers/known-customers.ts';
import { retrievesCustomer } from '../rules/customer.ts';
import { ALL_CHECKS } from '../run/all-checks.ts';
import { isLoopback, type Settings, type Target } from '../run/context.ts';
import { specFile } from '../run/description.ts';
import { readCustomersFile } from './customers-file.ts';
import type { Flags } from './options.ts';
import { UsageError } from './usage-error.ts';

/**
 * The description that the target is held against.
 *
 * @throws UsageError if it cannot be read.
 */
export async function descriptionOf({ spec }: Flags): Promise<Description> {
  try {
    return await loadDescription(specFile(spec));
  } catch (error) {
    throw new UsageError(`--spec: ${(error as Error).message}`);
  }
}

/**
 * The server to test; undefined for a mock that is started for the run.
 *
 * @param tokenIsOwn - Whether the key was given for this run, rather than lying in the environment for any.
 * @throws UsageError that says what to give.
 */
export function targetOf({ url, token, insecure = false }: Partial<Flags>, tokenIsOwn: boolean): Target | undefined {
  if (url === undefined) {
    if (!tokenIsOwn) return undefined;
    throw new UsageError('--token goes with --url: the mock of a run brings its own key.');
  }
  const target = normalizeUrl(url);
  if (new URL(target).protocol === 'http:' && !isLoopback(target) && !insecure) {
    throw new UsageError('--url must be https, so that nobody on the way can read the key. --insecure allows http.');
  }
  if (token === undefined || token === '') return { url: target };
  if (!/^[\x21-\x7e]+$/.test(token) || /[:,"\\]/.test(token)) {
    throw new UsageError('the key must be printable ASCII without spaces, colons, commas, quotes or backslashes.');
  }
  return { url: target, token };
}

function normalizeUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new UsageError('--url must be an absolute http or https URL, such as https://api.firstofficer.io.');
  }
  if (url.username || url.password) {
    throw new UsageError('--url must not contain credentials: give the key with --token.');
  }
  if (/[?#]/.test(text)) throw new UsageError('--url must not have a query or a fragment.');
  return url.href.replace(/\/+$/, '');
}

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

/** What a run is told to do otherwise than by default. */
export function settingsOf(flags: Partial<Flags>): Partial<Settings> {
  const { only, skip = [], seed, generated, rate, concurrency, timeLimit, unsafeMethods } = flags;
  expectNames('--only', only ?? []);
  expectNames('--skip', skip);
  return {
    only,
    skip,
    ...(seed !== undefined && { seed }),
    ...(generated !== undefined && { generated }),
    ...(rate !== undefined && { rate }),
    ...(concurrency !== undefined && { concurrency }),
    ...(timeLimit !== undefined && { timeLimitMs: timeLimit * 1000 }),
    ...(unsafeMethods !== undefined && { unsafeMethods }),
  };
}

function expectNames(option: string, names: readonly string[]): void {
  const unknown = names.find((name) => !ALL_CHECKS.some((check) => check.name === name));
  if (unknown !== undefined) {
    throw new UsageError(
      `${option}: there is no check "${unknown}". firstofficer-contract list tells which there are.`,
    );
  }
}
