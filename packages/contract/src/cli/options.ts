import { type Command, InvalidArgumentError, Option } from 'commander';
import { FORMATS } from '../report/formats.ts';

/** What the command line, the environment and the configuration file say. */
export interface Flags {
  readonly url?: string;
  readonly token?: string;
  readonly customer?: string;
  readonly email?: string;
  readonly customers?: string;
  readonly parameter?: readonly string[];
  readonly spec?: string;
  readonly config?: string;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly strict?: boolean;
  readonly seed?: number;
  readonly generated?: number;
  readonly rate?: number;
  readonly concurrency?: number;
  readonly timeLimit?: number;
  readonly unsafeMethods?: boolean;
  readonly insecure?: boolean;
  readonly report?: readonly string[];
  readonly har?: string;
  readonly all?: boolean;
  readonly filter?: string;
  readonly watch?: boolean;
}

const formats = Object.keys(FORMATS)
  .filter((name) => name !== 'har')
  .join(', ');

/** Adds the options to the command. Those that CI may want to set have a variable of the environment. */
export function addOptions(command: Command): Command {
  const inEnvironment = (option: Option) =>
    option.env(`FIRSTOFFICER_${option.name().toUpperCase().replaceAll('-', '_')}`);
  const value = (flags: string, description: string, parse?: (value: string) => unknown) => {
    const option = inEnvironment(new Option(flags, description));
    return command.addOption(parse ? option.argParser(parse) : option);
  };

  command.optionsGroup('What is tested:');
  value('--url <url>', 'where the API is, such as https://api.firstofficer.io');
  value('--token <key>', 'an API key that it accepts');
  value('--customer <identifier>', 'a customer that it has, by any identifier');
  value('--email <address>', "that customer's e-mail address, which no other customer has");
  value('--customers <file>', 'JSON list of customers that it has: any of id, stripe_id, extra_id, email, and figures');
  value('--spec <file>', 'another OpenAPI 3.1 description to hold it against');
  command.option('--parameter <name=value...>', 'values by which the operations of that description succeed');

  command.optionsGroup('How it is tested:');
  command.option('--only <checks...>', 'only these checks; see list', listOf);
  command.option('--skip <checks...>', 'all checks but these', listOf);
  command.option('--filter <pattern>', 'only what has a name that matches, such as "exact_match: .*wildcard"');
  value('--seed <number>', 'repeats the generated requests of another run', integer(0, 2 ** 31));
  value('--generated <number>', 'how many values to generate for each property (default: 50)', integer(0, 1_000_000));
  value('--rate <number>', 'requests per second (default: 20, and any number on this machine)', above(0));
  value('--concurrency <number>', 'requests at once (default: 4, and 8 on this machine)', integer(1, 1000));
  value('--time-limit <seconds>', 'how long a response may take (default: 10)', above(0));
  command.option('--unsafe-methods', 'try POST, PUT, PATCH and DELETE on other machines, too');
  command.option('--insecure', 'send the key over plain HTTP to other machines, too');
  value('--config <file>', 'JSON with any of these options (default: firstofficer-contract.json, if it is there)');
  command.option('--watch', 'stay and repeat the checks when the description changes');

  command.optionsGroup('What is told:');
  command.option('--strict', 'notes break the contract, too');
  command.option('--all', 'every finding in full, however many there are');
  command.option('--report <format=file...>', `reports: ${formats}; github takes no file`);
  value('--har <file>', 'HTTP archive of every request and response, without secrets');
  return command;
}

/** Names that may come one by one, or separated by commas. */
function listOf(value: string, before: readonly string[] = []): string[] {
  return [...before, ...value.split(',').map((name) => name.trim())].filter((name) => name !== '');
}

function integer(least: number, most: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (/^\d+$/.test(value) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It must be an integer from ${least} to ${most}.`);
  };
}

function above(limit: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (/^\d+(\.\d+)?$/.test(value) && number > limit) return number;
    throw new InvalidArgumentError(`It must be a number above ${limit}.`);
  };
}
