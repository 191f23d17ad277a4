import { type Command, InvalidArgumentError, Option } from 'commander';
import type { CommandDefinition, OptionDefinition } from './definition.ts';

/** Returns whether an operation can run for each identifier of a file. */
export function acceptsFile({ method, arguments: { length } }: CommandDefinition): boolean {
  // Other methods change data. Their users must decide what happens after an error.
  return method === 'GET' && length === 1;
}

/** Adds the options for many identifiers. */
export function addManyOptions(command: Command): void {
  command
    .option('--file <file>', 'file with one identifier per line, or - for the standard input, instead of the argument')
    .addOption(
      new Option('--format <format>', 'format of the results of --file (default: ndjson)').choices(['ndjson', 'csv']),
    )
    .option('--concurrency <number>', 'maximum concurrent requests of --file (default: 10)', parseCount(1))
    .option('--unordered', 'print each result of --file as soon as it is known, not in the order of the file');
}

/** Creates the option of a query or header parameter. */
export function createOption({ flag, description, deprecated, isRequired, type, choices }: OptionDefinition): Option {
  const text = deprecated === undefined ? description : `${capitalize(deprecated)} ${description}`;
  const option = new Option(`--${flag} <${type === 'json' ? 'json' : 'value'}>`, text.trim()).makeOptionMandatory(
    isRequired,
  );
  if (type === 'list') return option.argParser((value, before: readonly string[] = []) => [...before, value]);
  if (choices) return option.choices(choices);
  if (type === 'boolean') return option.choices(['true', 'false']);
  if (type === 'integer') return option.argParser(checkText(/^-?\d+$/, 'an integer'));
  if (type === 'number') return option.argParser(checkText(/^-?\d+(\.\d+)?$/, 'a number'));
  return type === 'json' ? option.argParser(parseJsonOption) : option;
}

/** Checks the text of a number. It stays a text: large numbers would lose digits. */
function checkText(pattern: RegExp, expected: string): (value: string) => string {
  return (value) => {
    if (pattern.test(value)) return value;
    throw new InvalidArgumentError(`It must be ${expected}.`);
  };
}

function parseJsonOption(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    throw new InvalidArgumentError('It must be JSON.');
  }
}

/** Returns a function that parses an integer. */
export function parseCount(least: number): (value: string) => number {
  return (value) => {
    if (/^\d{1,6}$/.test(value) && Number(value) >= least) return Number(value);
    throw new InvalidArgumentError(`It must be an integer from ${least} to 999999.`);
  };
}

/** Parses a number above 0. */
export function parseNumber(value: string): number {
  if (/^\d{1,6}(\.\d+)?$/.test(value) && Number(value) > 0) return Number(value);
  throw new InvalidArgumentError('It must be a number above 0.');
}

/** Returns a sentence that begins with a capital. */
export function capitalize(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
