import { createReadStream } from 'node:fs';
import process from 'node:process';
import { addAbortSignal } from 'node:stream';
import { text } from 'node:stream/consumers';
import { resolvePath, UsageError } from '@firstofficer/common/command';

/**
 * Reads the lines of a file, or of the standard input if the name is `-`. Leaves out empty lines.
 *
 * @throws UsageError if the file cannot be read.
 */
export async function* readLines(file: string, signal: AbortSignal): AsyncGenerator<string, void, undefined> {
  let rest = '';
  try {
    for await (const chunk of openInput(file, signal)) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      yield* cleanLines(lines);
    }
  } catch (error) {
    throw new UsageError(`cannot read ${file === '-' ? 'the standard input' : file}: ${(error as Error).message}`);
  }
  yield* cleanLines([rest]);
}

function openInput(file: string, signal: AbortSignal): AsyncIterable<string> {
  const input = file === '-' ? process.stdin : createReadStream(resolvePath(file));
  return addAbortSignal(signal, input.setEncoding('utf8'));
}

/** Removes what Windows adds to lines. Spaces stay: they matter in identifiers. */
function cleanLines(lines: readonly string[]): string[] {
  return lines.map((line) => line.replace(/^\ufeff|\r$/g, '')).filter((line) => line !== '');
}

/**
 * Parses the value of `--data`: JSON, `@` and the name of a file that contains JSON, or `-` for the standard input.
 *
 * @throws AbortError if the signal aborts.
 * @throws UsageError if the file cannot be read or the text is not JSON. The message does not contain the text.
 */
export async function readData(value: string, signal: AbortSignal): Promise<unknown> {
  const file = value === '-' ? value : /^@(.+)/s.exec(value)?.[1];
  try {
    return JSON.parse(file === undefined ? value : await text(openInput(file, signal)));
  } catch (error) {
    if (signal.aborted) throw error;
    if (!(error instanceof SyntaxError))
      throw new UsageError(`--data: cannot read the file: ${(error as Error).message}`);
    throw new UsageError(
      `--data must be JSON, such as '{"name":"value"}', @FILE with JSON, or - for the standard input.`,
    );
  }
}
