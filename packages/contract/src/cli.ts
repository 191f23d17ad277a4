import { Command, Option } from 'commander';
import { readCustomersFile } from './customers-file.ts';
import { whyUnsendable } from './identifier.ts';
import { whyUnreachable } from './reachable.ts';
import type { Identifier, KnownCustomer, Target } from './target.ts';
import { UsageError } from './usage-error.ts';

const EXIT = { kept: 0, broken: 1, usage: 2, unreachable: 3 } as const;

interface Flags {
  readonly url?: string;
  readonly token?: string;
  readonly customer?: string;
  readonly email?: string;
  readonly customers?: string;
  readonly watch?: true;
}

const command = new Command('firstofficer-contract')
  .description('Tests whether a server keeps the contract of spec/openapi.yaml. Without --url it tests a fresh mock.')
  .addOption(new Option('--url <url>', 'where the API is, such as https://api.firstofficer.io').env('FIRSTOFFICER_URL'))
  .addOption(new Option('--token <key>', 'an API key that it accepts').env('FIRSTOFFICER_TOKEN'))
  .option('--customer <identifier>', 'a customer that it has, by any identifier')
  .option('--email <address>', "that customer's e-mail address, which no other customer has")
  .option('--customers <file>', 'JSON list of customers that it has, each with any of id, stripe_id, extra_id, email')
  .option('--watch', 'stay and repeat the checks when the suite changes')
  .addHelpText(
    'after',
    `
Name a customer when the target has its own. Without one it must serve the examples of the description.
Give the key in the environment where others can see the command line.

Exit codes: 0 contract kept, 1 contract broken, 2 wrong usage, 3 target unreachable.`,
  )
  .configureOutput({ outputError: (text, write) => write(withoutValues(text)) })
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : EXIT.usage))
  .parse();

try {
  process.exitCode = await main(command.opts<Flags>());
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  fail(error.message);
  process.exitCode = EXIT.usage;
}

async function main(flags: Flags): Promise<number> {
  const customers = await knownCustomers(flags);
  const target = targetOf(flags);
  if (target) {
    const reason = await whyUnreachable(target.url);
    if (reason !== undefined) {
      fail(`cannot reach ${target.url} (${reason}). Is the server running, and is the address right?`);
      return EXIT.unreachable;
    }
  }
  // Vitest and Prism are loaded only when there is something to test: help and usage errors come at once.
  const { runContract } = await import('./run.ts');
  const { url, kept, checks, failed, notes } = await runContract({
    ...(target && { target }),
    customers,
    watch: flags.watch ?? false,
  });
  for (const what of notes) console.log(`Note: not described, and no breach: ${what}`);
  const at = target ? url : 'the mock';
  if (kept) console.log(`Contract kept: ${checks} checks of ${at}.`);
  else if (failed > 0) console.log(`Contract broken: ${failed} of ${checks} checks of ${at} failed.`);
  else console.log(`The checks of ${at} did not run to their end; the lines above say why.`);
  return kept ? EXIT.kept : EXIT.broken;
}

function targetOf({ url, token }: Flags): Target | undefined {
  if (url === undefined) {
    // The environment may hold a key for other runs.
    if (command.getOptionValueSource('token') !== 'cli') return undefined;
    throw new UsageError('--token goes with --url: the mock of a run brings its own key.');
  }
  if (token === undefined || token === '') {
    throw new UsageError('--url needs a key: give it with --token, or in the environment as FIRSTOFFICER_TOKEN.');
  }
  if (!/^[\x21-\x7e]+$/.test(token) || /[:,"\\]/.test(token)) {
    throw new UsageError('the key must be printable ASCII without spaces, colons, commas, quotes or backslashes.');
  }
  return { url: normalizeUrl(url), token };
}

function normalizeUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new UsageError('--url must be an absolute http or https URL, such as https://api.firstofficer.io.');
  }
  if (url.username || url.password)
    throw new UsageError('--url must not contain credentials: give the key with --token.');
  if (/[?#]/.test(text)) throw new UsageError('--url must not have a query or a fragment.');
  return url.href.replace(/\/+$/, '');
}

async function knownCustomers({ customer, email, customers }: Flags): Promise<KnownCustomer[]> {
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

/** Commander repeats what it cannot place, which may be a mistyped `--token=…`. */
function withoutValues(message: string): string {
  return message.replace(/(--[^\s=']+)=[^']*/g, '$1=…').replace(/(but got \d+): .*/s, '$1.\n');
}

function fail(message: string): void {
  console.error(`firstofficer-contract: ${message}`);
}
