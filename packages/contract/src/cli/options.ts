import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Profile } from '../checks/check.ts';
import type { ListHints } from '../lists/hints.ts';
import { FORMATS } from '../report/formats.ts';

/** The options from the command line, the environment and the configuration file. */
export interface Flags {
  readonly url?: string;
  readonly token?: string;
  readonly auth?: readonly string[];
  readonly customer?: string;
  readonly email?: string;
  readonly customers?: string;
  readonly parameter?: readonly string[];
  readonly spec?: string;
  readonly config?: string;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly exclude?: readonly string[];
  readonly strict?: boolean;
  readonly seed?: number;
  readonly generated?: number;
  readonly rate?: number;
  readonly concurrency?: number;
  readonly timeLimit?: number;
  readonly unsafeMethods?: boolean;
  readonly allowUnreached?: boolean;
  /** The hints for lists by operation ID, from the configuration file. */
  readonly lists?: Readonly<Record<string, ListHints>>;
  readonly profile?: Profile;
  readonly insecure?: boolean;
  readonly report?: readonly string[];
  readonly har?: string;
  readonly baseline?: string;
  readonly updateBaseline?: boolean;
  readonly all?: boolean;
  readonly filter?: string;
  readonly watch?: boolean;
}

const formats = Object.keys(FORMATS)
  .filter((name) => name !== 'har')
  .join(', ');

/** Adds the options to the command. Options that are useful in CI also have an environment variable. */
export function addOptions(command: Command): Command {
  const inEnvironment = (option: Option) =>
    option.env(`FIRSTOFFICER_${option.name().toUpperCase().replaceAll('-', '_')}`);
  const value = (flags: string, description: string, parse?: (value: string) => unknown) => {
    const option = inEnvironment(new Option(flags, description));
    return command.addOption(parse ? option.argParser(parse) : option);
  };

  command.optionsGroup('Target:');
  value('--url <url>', 'base URL of the API, such as https://api.firstofficer.io');
  value('--token <key>', 'API key; prefer the environment variable, because other users can see the command line');
  command.option(
    '--auth <scheme=key...>',
    'key of one security scheme, such as bearerAuth=KEY; prefer the environment variable FIRSTOFFICER_AUTH_BEARERAUTH',
  );
  value('--spec <location>', 'path or URL of the OpenAPI description to test against (default: the Customers API)');
  command.option(
    '--parameter <name=value...>',
    'values of parameters for which the operations succeed: petId=7 for all, or retrievePet.petId=7 for one operation',
  );

  command.optionsGroup('Run:');
  command.option('--only <checks...>', 'run only these checks; the command list prints all checks', parseList);
  command.option('--skip <checks...>', 'run all checks except these', parseList);
  command.option(
    '--exclude <operations...>',
    'send no requests to these operations: operation IDs, tags or paths such as "/admin/*"',
    parseList,
  );
  command.option('--filter <pattern>', 'run only test cases whose name matches, such as "exact_match: .*wildcard"');
  command.addOption(
    inEnvironment(
      new Option(
        '--profile <name>',
        "whether violations of rules that only FirstOfficer's API has are errors (firstofficer, its default) or notes (generic, the default for other APIs)",
      ),
    ).choices(['firstofficer', 'generic'] satisfies Profile[]),
  );
  value('--seed <number>', 'repeat the generated requests of the run with this seed', parseInteger(0, 2 ** 31));
  value('--generated <number>', 'number of generated values per property (default: 50)', parseInteger(0, 1_000_000));
  value('--rate <number>', 'maximum requests per second (default: 20; no limit on this machine)', parseNumberAbove(0));
  value('--concurrency <number>', 'maximum concurrent requests (default: 4; 8 on this machine)', parseInteger(1, 1000));
  value('--time-limit <seconds>', 'timeout of a request (default: 10)', parseNumberAbove(0));
  command.option('--unsafe-methods', 'also send POST, PUT, PATCH and DELETE to other machines');
  command.option('--insecure', 'allow plain HTTP to other machines, which exposes the key');
  value('--config <file>', 'JSON file with any of these options (default: firstofficer-contract.json, if it exists)');
  command.option('--watch', 'run the checks again whenever the description changes');

  command.optionsGroup('Output:');
  command.option('--allow-unreached', 'pass although an operation got no documented success');
  command.option('--strict', 'treat notes as errors');
  value('--baseline <file>', 'findings that are known: only other findings fail the run');
  command.option('--update-baseline', 'write the findings of this run to the file of --baseline');
  command.option('--all', 'print every finding in full');
  command.option('--report <format=file...>', `reports to write: ${formats}; github takes no file`);
  value('--har <file>', 'HTTP archive of all requests and responses, without secrets');

  command.optionsGroup("Only for FirstOfficer's Customers API:");
  value('--customer <identifier>', 'any identifier of a customer that exists on the server');
  value('--email <address>', 'email address of that customer; it must not belong to another customer');
  value(
    '--customers <file>',
    'JSON list of customers that exist on the server, each with id, stripe_id, extra_id or email',
  );
  return command;
}

/** Parses names that are given as separate arguments or separated by commas. */
function parseList(value: string, before: readonly string[] = []): string[] {
  return [...before, ...value.split(',').map((name) => name.trim())].filter((name) => name !== '');
}

function parseInteger(least: number, most: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (/^\d+$/.test(value) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It must be an integer from ${least} to ${most}.`);
  };
}

function parseNumberAbove(limit: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (/^\d+(\.\d+)?$/.test(value) && number > limit) return number;
    throw new InvalidArgumentError(`It must be a number above ${limit}.`);
  };
}
