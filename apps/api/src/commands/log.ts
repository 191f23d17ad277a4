import { write, writeSync } from 'node:fs';

// Lines are written in blocks, because writing each line would take as long as the request. Several processes write to
// one pipe, and a pipe keeps writes of up to this size in one piece.
const BLOCK_BYTES = 4_096;
// Bytes that are kept in memory while the log cannot be written, for example because the disk is full. Further lines are
// dropped.
const MAX_WAITING_BYTES = 16 * 1024 * 1024;
// How often lines are written that do not fill a block.
const FLUSH_INTERVAL_MS = 1_000;
// How long to wait before a failed write is repeated. A write to a pipe fails while the pipe is full.
const RETRY_MS = 50;
// A process that ends repeats a write to a full pipe this many times.
const MAX_RETRIES_AT_EXIT = 20;

/** A log that is written to a file descriptor. */
export interface Log {
  write(line: string): void;
}

/**
 * Opens a file descriptor for a log. The process keeps running if the log cannot be written, and does not wait for its
 * reader. Strings are copied to blocks of bytes at once: collecting them as strings takes several times as long.
 */
export function openLog(fd: number): Log {
  const waiting: Buffer[] = [];
  let waitingBytes = 0;
  let block = Buffer.allocUnsafe(BLOCK_BYTES);
  let used = 0;
  let state: 'idle' | 'writing' | 'failed' = 'idle';

  setInterval(flush, FLUSH_INTERVAL_MS).unref();
  process.once('exit', flushSync);
  return {
    write(line) {
      const bytes = Buffer.byteLength(line);
      if (bytes > BLOCK_BYTES - used) closeBlock();
      if (bytes > BLOCK_BYTES) add(Buffer.from(line));
      else used += block.write(line, used);
      if (waiting.length > 0 && state === 'idle') writeNext();
    },
  };

  function closeBlock(): void {
    if (used === 0) return;
    add(block.subarray(0, used));
    block = Buffer.allocUnsafe(BLOCK_BYTES);
    used = 0;
  }

  function add(bytes: Buffer): void {
    if (waitingBytes > MAX_WAITING_BYTES) return;
    waiting.push(bytes);
    waitingBytes += bytes.length;
  }

  function flush(): void {
    closeBlock();
    if (state === 'idle') writeNext();
  }

  function writeNext(): void {
    const [next] = waiting;
    state = next ? 'writing' : 'idle';
    if (!next) return;
    write(fd, next, (error, written) => {
      if (error) {
        state = 'failed';
        setTimeout(writeNext, RETRY_MS).unref();
      } else {
        removeWritten(next, written);
        writeNext();
      }
    });
  }

  function removeWritten(bytes: Buffer, written: number): void {
    waitingBytes -= written;
    if (written < bytes.length) waiting[0] = bytes.subarray(written);
    else waiting.shift();
  }

  function flushSync(): void {
    closeBlock();
    // The system completes a write that has begun.
    if (state === 'writing') waiting.shift();
    let retries = 0;
    for (let [next] = waiting; next && retries <= MAX_RETRIES_AT_EXIT; [next] = waiting) {
      try {
        removeWritten(next, writeSync(fd, next));
        retries = 0;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
        retries += 1;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
      }
    }
  }
}
