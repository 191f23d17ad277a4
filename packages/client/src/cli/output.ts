import { once } from 'node:events';
import process from 'node:process';

/** Where a command writes, and what ends it early. */
export interface Output {
  /** Aborted by Ctrl-C, or if writing fails. */
  readonly signal: AbortSignal;
  /** Writes to the standard output. Resolves when more can be written. */
  write(text: string): Promise<void>;
  /**
   * Shows a line on the standard error until the next write, if it is a terminal.
   *
   * @param isFinal - Whether to keep the line.
   */
  showStatus(text: string, isFinal?: boolean): void;
  /** Writes a line on the standard error. */
  warn(text: string): void;
  /** Removes the line that {@link showStatus} shows. */
  clearStatus(): void;
}

const UPDATE_INTERVAL_MS = 100;
const CLEAR_LINE = '\r\u001b[K';

/** Creates the output of the process, and makes Ctrl-C and a closed pipe end the command. */
export function createOutput({ stdout, stderr }: Pick<NodeJS.Process, 'stdout' | 'stderr'> = process): Output {
  const controller = new AbortController();
  const { signal } = controller;
  let status = '';
  let lastUpdate = Number.NEGATIVE_INFINITY;
  const clearStatus = () => {
    if (status) stderr.write(CLEAR_LINE);
    status = '';
  };
  // A second Ctrl-C ends the process at once.
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => controller.abort());
  stderr.on('error', () => {});
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    clearStatus();
    // The reader, such as `head`, has read enough. Nothing can be written, so nothing is lost.
    if (error.code === 'EPIPE') process.exit(0);
    stderr.write(`firstofficer: cannot write the output: ${error.message}\n`);
    process.exit(1);
  });
  return {
    signal,
    clearStatus,
    warn(text) {
      clearStatus();
      stderr.write(`${text}\n`);
    },
    async write(text) {
      if (stdout.isTTY) clearStatus();
      if (!stdout.write(text)) await once(stdout, 'drain', { signal }).catch(() => {});
    },
    showStatus(text, isFinal = false) {
      const now = performance.now();
      if (!stderr.isTTY || (!isFinal && now < lastUpdate + UPDATE_INTERVAL_MS)) return;
      lastUpdate = now;
      clearStatus();
      status = isFinal ? '' : text;
      stderr.write(isFinal ? `${text}\n` : text);
    },
  };
}
