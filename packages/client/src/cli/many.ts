import type { FirstOfficer } from '../client.ts';
import { isFirstOfficerError } from '../error.ts';
import type { CallOptions } from '../options.ts';
import { type RetrieveManyOptions, retrieveMany } from '../retrieve-many.ts';
import { formatCsvHeader, formatCsvRecord, type Result } from './csv.ts';
import type { CommandDefinition } from './definition.ts';
import { EXIT } from './exit.ts';
import type { Output } from './output.ts';

/** How to send an operation for each of many identifiers. */
interface ManyCalls {
  /** Sends the operation for one identifier. */
  readonly retrieve: (identifier: string, options: CallOptions) => Promise<unknown>;
  readonly options: RetrieveManyOptions;
  /** The name of the path parameter. */
  readonly argument: string;
}

/** Sends an operation for each identifier, several at a time. */
export async function* retrieveResults(
  identifiers: AsyncIterable<string>,
  { retrieve, options, argument }: ManyCalls,
): AsyncGenerator<Result, void, undefined> {
  // The body of a success, or why an identifier cannot be sent: `retrieveMany` would end with that error, because it
  // knows the parameter of customers only.
  type Outcome = Pick<Result, 'body'> | Pick<Required<Result>, 'error'>;
  const send = async (identifier: string, callOptions: CallOptions): Promise<Outcome> => {
    try {
      return { body: await retrieve(identifier, callOptions) };
    } catch (error) {
      if (isFirstOfficerError(error) && error.code === 'invalid_argument' && error.param === argument) return { error };
      throw error;
    }
  };
  // The casts are safe: `retrieveMany` only calls `retrieve`, and passes on what it returns.
  const client = { customers: { retrieve: send } } as unknown as Pick<FirstOfficer, 'customers'>;
  for await (const { identifier, customer, error } of retrieveMany(client, identifiers, options)) {
    yield { identifier, ...(error ? { error } : (customer as object as Outcome)) };
  }
}

/** How to write the results. */
interface WriteOptions {
  readonly definition: CommandDefinition;
  readonly format: 'ndjson' | 'csv';
  readonly output: Output;
}

/** Writes each result as soon as it is known. Returns the exit code. */
export async function writeResults(
  results: AsyncIterable<Result>,
  { definition, format, output }: WriteOptions,
): Promise<number> {
  const { columns } = definition;
  const [argument] = definition.arguments;
  let count = 0;
  let failures = 0;
  const describe = () => `${count.toLocaleString('en')} done, ${failures.toLocaleString('en')} failed`;
  if (format === 'csv') await output.write(formatCsvHeader(columns));
  try {
    for await (const result of results) {
      const { identifier, body, error } = result;
      count++;
      if (error) failures++;
      await output.write(
        format === 'csv'
          ? formatCsvRecord(result, columns)
          : `${JSON.stringify({ identifier, ...(error ? { error } : { [argument?.name ?? 'body']: body }) })}\n`,
      );
      output.showStatus(describe());
    }
  } finally {
    output.showStatus(`${describe()}.`, true);
  }
  return failures > 0 ? EXIT.partlyFailed : 0;
}
