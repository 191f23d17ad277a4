/** A value that was read from a line of a file, or the reason why the line cannot be read. */
export type SourceRecord = { readonly line: number; readonly value: unknown } | UnreadableRecord;

/** The reason why a line, or the rest of a file, cannot be read. */
export interface UnreadableRecord {
  readonly line: number;
  readonly fault: string;
  /** Whether the lines after this one cannot be read either. Such a file is never imported in part. */
  readonly isLast?: true;
}

/** Returns values as records, with the line numbers 1, 2 and so on. */
export async function* toRecords(values: readonly unknown[]): AsyncGenerator<SourceRecord> {
  for (const [index, value] of values.entries()) yield { line: index + 1, value };
}

/** The maximum length of a line or row. It is far longer than any customer, and limits the memory that a file can fill. */
export const MAX_LINE_BYTES = 1024 * 1024;

/** A file that cannot be read from a line on. The message says what is wrong with this line. */
export class UnreadableFileError extends Error {
  override readonly name = 'UnreadableFileError';
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

/** Yields the records until an UnreadableFileError, which becomes the last record. */
export async function* endAtUnreadable(records: AsyncIterable<SourceRecord>): AsyncGenerator<SourceRecord> {
  try {
    yield* records;
  } catch (error) {
    if (!(error instanceof UnreadableFileError)) throw error;
    yield { line: error.line, fault: error.message, isLast: true };
  }
}

const UTF8_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const UTF16_MARKS = [Buffer.from([0xff, 0xfe]), Buffer.from([0xfe, 0xff])];

/**
 * Returns the bytes of a file without its byte order mark.
 *
 * @throws UnreadableFileError if the file is UTF-16 or UTF-32.
 */
export async function* readUtf8(input: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let start: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of input) {
    if (start === undefined) yield chunk;
    else {
      start = Buffer.concat([start, chunk]);
      if (start.length < UTF8_MARK.length) continue;
      yield removeMark(start);
      start = undefined;
    }
  }
  if (start !== undefined) yield removeMark(start);
}

function removeMark(start: Buffer): Buffer {
  // Text begins with an ASCII character in both formats, so one of its first bytes is 0 in UTF-16 and UTF-32.
  const isWide = UTF16_MARKS.some((mark) => mark.equals(start.subarray(0, 2))) || start.subarray(0, 2).includes(0);
  if (isWide) throw new UnreadableFileError(1, 'is not UTF-8. Save the file as UTF-8');
  return UTF8_MARK.equals(start.subarray(0, UTF8_MARK.length)) ? start.subarray(UTF8_MARK.length) : start;
}

const MAX_NAME_LENGTH = 40;

/** Quotes a name for a message. It may be long, and contain characters that control the terminal. */
export function quoteName(name: string): string {
  const text = name.length > MAX_NAME_LENGTH ? `${name.slice(0, MAX_NAME_LENGTH)}…` : name;
  return JSON.stringify(text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd'));
}
