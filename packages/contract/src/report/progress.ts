import wrapAnsi from 'wrap-ansi';
import { escapeCiCommands, oneLine } from './escape.ts';
import { counted, grouped } from './figures.ts';

/** The progress of a run. */
interface ProgressState {
  /** The number of finished test cases. */
  readonly done: number;
  readonly total: number;
  readonly requests: number;
  /** The number of test cases that found an error. */
  readonly failed: number;
  /** The check of the last finished test case. */
  readonly current: string;
}

/** Prints the progress of a run. */
export interface Progress {
  update(state: ProgressState): void;
  /** Removes the line before other output. The next update prints it again. */
  clear(): void;
}

/** The parts of a stream that the progress line needs, such as those of `process.stderr`. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

// Often enough to look smooth, rarely enough to cost nothing.
const REDRAW_MS = 80;
// In a log, a line now and then is enough.
const LOG_MS = 10_000;

/**
 * Creates a progress line. On a terminal it is rewritten in place; elsewhere a new line is printed from time to time.
 *
 * @param now - Returns the time in milliseconds since any start.
 * @example
 * const progress = createProgress(process.stderr);
 * progress.update({ done: 3, total: 31, requests: 214, failed: 0, current: 'basicAuth: no key' });
 * progress.clear();
 */
export function createProgress(stream: ProgressStream, now: () => number = () => performance.now()): Progress {
  const { isTTY = false } = stream;
  const interval = isTTY ? REDRAW_MS : LOG_MS;
  let last: number | undefined;
  let drawn = false;
  return {
    update(state) {
      const time = now();
      if (last !== undefined && time - last < interval) return;
      last = time;
      drawn = isTTY;
      const line = describe(state);
      // Leave the last column free, because some terminals wrap when it is written.
      stream.write(isTTY ? `\r${truncated(line, (stream.columns || 80) - 1)}\x1b[K` : `${line}\n`);
    },
    clear() {
      if (!drawn) return;
      stream.write('\r\x1b[K');
      drawn = false;
      last = undefined;
    },
  };
}

function describe({ done, total, requests, failed, current }: ProgressState): string {
  const testCases = `${grouped(done)} of ${counted(total, 'test case')}`;
  return escapeCiCommands(
    `${testCases}, ${grouped(failed)} failed, ${counted(requests, 'request')}  ${oneLine(current)}`.trimEnd(),
  );
}

function truncated(line: string, columns: number): string {
  const [first = '', ...rest] = wrapAnsi(line, columns, { hard: true, wordWrap: false, trim: false }).split('\n');
  if (rest.length === 0) return line;
  return `${wrapAnsi(first, columns - 1, { hard: true, wordWrap: false, trim: false }).split('\n')[0]}…`;
}
