import { writeSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

// Runs in the measured process. Writes its peak memory and CPU time to file descriptor 3 when it ends.

/** The resources that a process used until it ended. */
export interface Peak {
  /** The highest resident memory, in bytes. */
  readonly rss: number;
  /** CPU time in seconds. */
  readonly cpu: number;
}

// The module also runs in each thread of the process.
if (isMainThread) {
  process.once('exit', () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    writeSync(3, JSON.stringify({ rss: maxRSS * 1024, cpu: (userCPUTime + systemCPUTime) / 1e6 } satisfies Peak));
  });
}
