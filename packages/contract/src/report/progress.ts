import wrapAnsi from 'wrap-ansi';
import type { RunEvent } from '../run/run.ts';
import { escapeCiCommands, escapeLine } from './escape.ts';
import { formatCount, formatNumber } from './figures.ts';

/** Prints the progress of a run. */
export interface Progress {
  /** Takes an event of the run. */
  onEvent(event: RunEvent): void;
  /** Removes the line before other output. The next event prints it again. */
  clear(): void;
}

/** The parts of a stream that the progress line needs, such as those of `process.stderr`. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

// Often enough for a smooth display, and too rarely to slow down the run.
const REDRAW_MS = 80;
// A log keeps every line, so it gets fewer of them.
const LOG_MS = 10_000;

/**
 * Creates a progress line. On a terminal it is rewritten in place; elsewhere a new line is printed from time to time.
 *
 * @param now - Returns the time in milliseconds since any start.
 * @example
 * const progress = createProgress(process.stderr);
 * for await (const event of runContract({ target })) progress.onEvent(event);
 */
export function createProgress(stream: ProgressStream, now: () => number = () => performance.now()): Progress {
  const { isTTY = false } = stream;
  const interval = isTTY ? REDRAW_MS : LOG_MS;
  let last: number | undefined;
  let isDrawn = false;
  const state = { done: 0, total: 0, failed: 0, requests: 0, current: '' };

  function draw(): void {
    const time = now();
    if (last !== undefined && time - last < interval) return;
    last = time;
    isDrawn = isTTY;
    const line = formatState(state);
    // Leave the last column free, because some terminals wrap when it is written.
    stream.write(isTTY ? `\r${truncate(line, (stream.columns || 80) - 1)}\x1b[K` : `${line}\n`);
  }

  function clear(): void {
    if (!isDrawn) return;
    stream.write('\r\x1b[K');
    isDrawn = false;
    last = undefined;
  }

  return {
    onEvent(event) {
      if (event.type === 'run-started') state.total = event.testCases.length;
      if (event.type === 'test-case-finished') {
        const { check, requests, observations } = event.outcome;
        state.done += 1;
        state.requests += requests;
        if (observations.some(({ severity }) => severity === 'error')) state.failed += 1;
        state.current = check;
        draw();
      }
      if (event.type === 'run-finished') clear();
    },
    clear,
  };
}

interface ProgressState {
  /** The number of finished test cases. */
  readonly done: number;
  readonly total: number;
  /** The number of test cases that found an error. */
  readonly failed: number;
  readonly requests: number;
  /** The check of the test case that finished last. */
  readonly current: string;
}

function formatState({ done, total, failed, requests, current }: ProgressState): string {
  const testCases = `${formatNumber(done)} of ${formatCount(total, 'test case')}`;
  return escapeCiCommands(
    `${testCases}, ${formatNumber(failed)} failed, ${formatCount(requests, 'request')}  ${escapeLine(current)}`.trimEnd(),
  );
}

function truncate(line: string, columns: number): string {
  const [first = '', ...rest] = wrapAnsi(line, columns, { hard: true, wordWrap: false, trim: false }).split('\n');
  if (rest.length === 0) return line;
  return `${wrapAnsi(first, columns - 1, { hard: true, wordWrap: false, trim: false }).split('\n')[0]}…`;
}
