import wrapAnsi from 'wrap-ansi';
import { escapeCiCommands, oneLine } from './escape.ts';
import { counted, grouped } from './figures.ts';

/** How far the run is. */
interface ProgressState {
  /** Probes that are done. */
  readonly done: number;
  readonly total: number;
  readonly requests: number;
  /** Probes that found an error so far. */
  readonly failed: number;
  /** What is being tried. */
  readonly current: string;
}

/** Shows how far the run is. */
export interface Progress {
  update(state: ProgressState): void;
  /** Removes the line, so that other output can follow. The next update draws it again. */
  clear(): void;
}

/** What a progress line needs of a stream; `process.stderr` is one. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

// Smooth to the eye, and next to nothing to the terminal.
const REDRAW_MS = 80;
// A log is read afterwards: a sign of life is enough.
const LOG_MS = 10_000;

/**
 * A line that tells how far the run is: rewritten in place on a terminal, now and then a new one elsewhere.
 *
 * @param now The time in milliseconds from any start.
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
      // The last column stays free: some terminals go to the next line when it is written to.
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
