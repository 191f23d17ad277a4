import { resolve } from 'node:path';
import { UsageError } from '@firstofficer/common/command';
import { type Description, type JsonSchema, loadDescription, type Operation } from '@firstofficer/openapi';
import { explainUnsendable, type Identifier, type KnownCustomer } from '../customers/known-customers.ts';
import { FORMATS, type FormatName, type RequestedReport } from '../report/formats.ts';
import { isLoopback, type Target } from '../request/target.ts';
import { retrievesCustomer } from '../rules/customer.ts';
import { locateSpec } from '../run/context.ts';
import type { RunOptions } from '../run/run.ts';
import { type NamedOptions, UnknownNameError, validateOptions } from '../run/validate-options.ts';
import { readCustomersFile } from './customers-file.ts';
import type { Flags } from './options.ts';

/**
 * Loads the description to test against.
 *
 * @throws UsageError if it cannot be read.
 */
export async function readDescription({ spec }: Flags): Promise<Description> {
  try {
    return await loadDescription(locateSpec(spec));
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
export function parseTarget(
  { url, token, auth, insecure = false }: Partial<Flags>,
  isTokenExplicit: boolean,
): Target | undefined {
  if (url === undefined) {
    const option = isTokenExplicit ? '--token' : auth ? '--auth' : undefined;
    if (option === undefined) return undefined;
    throw new UsageError(
      `${option} needs --url: the mock has its own key. Pass the URL of the server, or leave out ${option}.`,
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
      'the key must be printable ASCII without spaces, colons, commas, quotes or backslashes. Check FIRSTOFFICER_TOKEN or --token, or pass other keys with --auth.',
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
export async function readCustomers(
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
  const known = customers === undefined ? [] : await readCustomersFile(customers, findCustomerMembers(operation));
  if (customer !== undefined) {
    const identifiers = [parseIdentifier('--customer', customer)];
    if (email !== undefined) identifiers.push(parseIdentifier('--email', email));
    known.unshift({ identifiers, expected: {} });
  }
  return known;
}

/** Returns the schemas of a customer's members by name. */
function findCustomerMembers(operation: Operation | undefined): Readonly<Record<string, JsonSchema>> {
  const [body] = Object.values(operation?.responses['200']?.content ?? {});
  return (body?.schema?.properties ?? {}) as Readonly<Record<string, JsonSchema>>;
}

function parseIdentifier(label: string, value: string): Identifier {
  const reason = explainUnsendable(value);
  if (reason !== undefined) throw new UsageError(`${label} ${reason}.`);
  return { label, value };
}

/** Parses parameter values that are given as `name=value`. */
function parseParameters(given: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    given.map((text) => {
      const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
      if (name === undefined || value === undefined) {
        throw new UsageError(
          '--parameter must be a name and a value, such as --parameter petId=7 or --parameter retrievePet.petId=7.',
        );
      }
      return [name, value];
    }),
  );
}

/** Returns the options of the run that the command line sets. */
export function parseRunOptions(flags: Partial<Flags>): RunOptions {
  const {
    spec,
    parameter,
    only,
    skip = [],
    exclude = [],
    seed,
    generated,
    rate,
    concurrency,
    timeLimit,
    unsafeMethods,
    allowUnreached,
    lists,
    profile,
  } = flags;
  const filter = parseFilter(flags.filter);
  return {
    only,
    skip,
    exclude,
    parameters: parseParameters(parameter),
    ...(spec !== undefined && { spec }),
    ...(filter && { filter }),
    ...(seed !== undefined && { seed }),
    ...(generated !== undefined && { generated }),
    ...(rate !== undefined && { rate }),
    ...(concurrency !== undefined && { concurrency }),
    ...(timeLimit !== undefined && { timeLimitMs: timeLimit * 1000 }),
    ...(unsafeMethods !== undefined && { unsafeMethods }),
    ...(allowUnreached !== undefined && { allowUnreached }),
    ...(lists !== undefined && { lists }),
    ...(profile !== undefined && { profile }),
  };
}

/**
 * Requires that the checks, parameters, security schemes and operations that the options name exist.
 *
 * @throws UsageError for the first unknown name.
 */
export function requireKnownNames(options: NamedOptions, description: Description): void {
  try {
    validateOptions(options, description);
  } catch (error) {
    if (!(error instanceof UnknownNameError)) throw error;
    const { option, reason } = error;
    const names: Readonly<Record<string, string>> = { parameters: '--parameter', keys: '--auth', lists: 'lists' };
    throw new UsageError(`${names[option] ?? `--${option}`}: ${reason}`);
  }
}

function parseFilter(pattern: string | undefined): RegExp | undefined {
  try {
    return pattern === undefined ? undefined : new RegExp(pattern);
  } catch {
    throw new UsageError('--filter must be a regular expression, such as "exact_match: .*wildcard".');
  }
}

/**
 * Parses a value of `--report`.
 *
 * @throws UsageError if the format is unknown, or if the file is missing or not allowed.
 * @example
 * parseReportOption('junit=out.xml'); // { format: 'junit', file: 'out.xml' }
 */
export function parseReportOption(text: string): RequestedReport {
  const [, name = '', file] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? [];
  if (!isFormatName(name)) {
    throw new UsageError(
      `--report knows no format ${JSON.stringify(name)}. Known: ${Object.keys(FORMATS).join(', ')}.`,
    );
  }
  if (!FORMATS[name].toFile) {
    if (file !== undefined) throw new UsageError(`--report ${name} takes no file. Pass --report ${name} alone.`);
    return { format: name };
  }
  if (file === undefined || file === '') throw new UsageError(`--report ${name} needs a file: --report ${name}=FILE.`);
  if (file.includes('\0')) throw new UsageError(`--report ${name}: the file name must not contain a null character.`);
  return { format: name, file };
}

/**
 * Parses all values of `--report`.
 *
 * @throws UsageError if a value is invalid, or if two reports would go to the same file.
 */
export function parseReportOptions(texts: readonly string[]): RequestedReport[] {
  const requested = texts.map(parseReportOption);
  for (const [index, { format, file }] of requested.entries()) {
    const before = requested.slice(0, index);
    if (file === undefined) {
      if (before.some((other) => other.format === format))
        throw new UsageError(`--report ${format} is given twice. Pass it once.`);
    } else if (before.some((other) => other.file !== undefined && resolve(other.file) === resolve(file))) {
      throw new UsageError(`--report ${format}=${file}: another report goes to the same file. Choose another file.`);
    }
  }
  return requested;
}

function isFormatName(name: string): name is FormatName {
  return Object.hasOwn(FORMATS, name);
}
