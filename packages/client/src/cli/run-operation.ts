import process from 'node:process';
import { UsageError } from '@firstofficer/common/command';
import { type Command, Option } from 'commander';
import { Api, type Flags, type OperationValues } from './api.ts';
import type { ApiDefinition, CommandDefinition } from './definition.ts';
import { escapeForTerminal } from './escape.ts';
import { readData, readLines } from './input.ts';
import { retrieveResults, writeResults } from './many.ts';
import type { Output } from './output.ts';
import { formatTable } from './table.ts';

/** The options of every command and of the operation. */
interface CommandFlags extends Flags {
  readonly json?: boolean;
  readonly data?: string;
  readonly file?: string;
  readonly format?: 'ndjson' | 'csv';
  readonly concurrency?: number;
  readonly unordered?: boolean;
  /** The options of the operation's parameters. */
  readonly [name: string]: unknown;
}

/** What every operation needs. */
interface RunContext {
  readonly api: ApiDefinition;
  readonly definition: CommandDefinition;
  readonly output: Output;
}

/** Sends an operation and prints the body of the success. Returns the exit code. */
export async function runOperation(
  { api: apiDefinition, definition, output }: RunContext,
  command: Command,
): Promise<number> {
  const flags = command.optsWithGlobals<CommandFlags>();
  const { file, format, concurrency, unordered = false, json = false } = flags;
  if (!flags.token) throw new UsageError('the API key is missing. Set FIRSTOFFICER_TOKEN or pass --token.');
  const api = new Api(apiDefinition, flags, {
    onRetry: ({ delay, error }) =>
      output.showStatus(`${escapeForTerminal(error.message)} Trying again in ${Math.ceil(delay / 1000)} s.`),
    onDeprecation: (message) => output.warn(`firstofficer: ${message}`),
  });
  const [argument] = definition.arguments;
  const values = await readValues(definition, command, output.signal);
  if (file !== undefined && argument) {
    if (command.args.length > 0) throw new UsageError(`pass either ${argument.name} or --file, not both.`);
    const { signal } = output;
    const results = retrieveResults(readLines(file, output.signal), {
      retrieve: (identifier, options) => api.call(definition, setPath(values, argument.name, identifier), options),
      options: { concurrency, ordered: !unordered, signal },
      argument: argument.name,
    });
    return writeResults(results, { definition, format: format ?? 'ndjson', output });
  }
  if (format !== undefined || concurrency !== undefined || unordered) {
    throw new UsageError('--format, --concurrency and --unordered need --file.');
  }
  if (command.args.length < definition.arguments.length) {
    throw new UsageError(`pass ${argument?.name}, or --file with one identifier per line.`);
  }
  const body = await api.call(definition, values, { signal: output.signal });
  const isTable = process.stdout.isTTY && !json;
  if (body !== undefined) await output.write(isTable ? formatTable(body, definition) : formatJson(body));
  else if (isTable) await output.write('Done.\n');
  return 0;
}

function setPath(values: OperationValues, name: string, value: string): OperationValues {
  return { ...values, params: { ...values.params, path: { [name]: value } } };
}

function formatJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Returns the parameters and the body that the user passed. */
async function readValues(
  definition: CommandDefinition,
  command: Command,
  signal: AbortSignal,
): Promise<OperationValues> {
  const { data } = command.opts<CommandFlags>();
  const path = definition.arguments.map(({ name }, index) => [name, command.args[index] ?? '']);
  const given = definition.options.flatMap(({ flag, name, in: location }) => {
    const value: unknown = command.getOptionValue(new Option(`--${flag}`).attributeName());
    return value === undefined ? [] : [{ location, entry: [name, value] as const }];
  });
  const collect = (wanted: string) =>
    Object.fromEntries(given.flatMap(({ location, entry }) => (location === wanted ? [entry] : [])));
  return {
    params: {
      path: Object.fromEntries(path),
      query: collect('query'),
      header: Object.fromEntries(Object.entries(collect('header')).map(([name, value]) => [name, String(value)])),
    },
    ...(data !== undefined && { body: await readData(data, signal) }),
  };
}
