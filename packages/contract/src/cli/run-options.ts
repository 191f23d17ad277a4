import { type Description, type JsonSchema, loadDescription, type Operation } from '@firstofficer/openapi';
import { explainUnsendable, type Identifier, type KnownCustomer } from '../customers/known-customers.ts';
import { isLoopback, type Target } from '../request/target.ts';
import { retrievesCustomer } from '../rules/customer.ts';
import { ALL_CHECKS } from '../run/all-checks.ts';
import { specFile } from '../run/description.ts';
import type { RunOptions } from '../run/run.ts';
import { readCustomersFile } from './customers-file.ts';
import type { Flags } from './options.ts';
import { UsageError } from './usage-error.ts';

/**
 * Loads the description to test against.
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
 * Returns the server to test, or undefined if the run starts a mock.
 *
 * @param isTokenExplicit - Whether the key was passed on the command line, rather than by the environment.
 * @throws UsageError if the URL or the key is invalid.
 */
export function targetOf(
  { url, token, insecure = false }: Partial<Flags>,
  isTokenExplicit: boolean,
): Target | undefined {
  if (url === undefined) {
    if (!isTokenExplicit) return undefined;
    throw new UsageError(
      '--token needs --url: the mock has its own key. Pass the URL of the server, or leave out --token.',
    );
  }
  const target = normalizeUrl(url);
  if (new URL(target).protocol === 'http:' && !isLoopback(target) && !insecure) {
    throw new UsageError(
      '--url must be https, because http exposes the key. Use https, or pass --insecure to allow http.',
    );
  }
  if (token === undefined || token === '') return { url: target };
  if (!/^[\x21-\x7e]+$/.test(token) || /[:,"\\]/.test(token)) {
    throw new UsageError(
      'the key must be printable ASCII without spaces, colons, commas, quotes or backslashes. Check FIRSTOFFICER_TOKEN or --token.',
    );
  }
  return { url: target, token };
}

function normalizeUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new UsageError('--url must be an absolute http or https URL, such as https://api.firstofficer.io.');
  }
  if (url.username || url.password) {
    throw new UsageError('--url must not contain credentials. Set FIRSTOFFICER_TOKEN or pass --token instead.');
  }
  if (/[?#]/.test(text))
    throw new UsageError(
      '--url must not have a query or a fragment. Pass only the part before the paths of the description.',
    );
  return url.href.replace(/\/+$/, '');
}

/** Returns the customers that the options name. */
export async function customersOf(
  { customer, email, customers }: Partial<Flags>,
  { operations }: Description,
): Promise<KnownCustomer[]> {
  if (email !== undefined && customer === undefined) {
    throw new UsageError('--email needs --customer: pass an identifier of the customer who has the address.');
  }
  const operation = operations.find(retrievesCustomer);
  if (!operation && (customer ?? customers) !== undefined) {
    throw new UsageError(
      '--customer and --customers need a description with the operation retrieveCustomer. Use --parameter instead.',
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

/** Returns the schemas of a customer's members by name. */
function membersOf(operation: Operation | undefined): Readonly<Record<string, JsonSchema>> {
  const [body] = Object.values(operation?.responses['200']?.content ?? {});
  return (body?.schema?.properties ?? {}) as Readonly<Record<string, JsonSchema>>;
}

function identifierOf(label: string, value: string): Identifier {
  const reason = explainUnsendable(value);
  if (reason !== undefined) throw new UsageError(`${label} ${reason}.`);
  return { label, value };
}

/** Parses parameter values that are given as `name=value`. */
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

/** Returns the options of the run that the command line sets. */
export function runOptionsOf(flags: Partial<Flags>): RunOptions {
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
      `${option}: there is no check "${unknown}". Run firstofficer-contract list to see all checks.`,
    );
  }
}
