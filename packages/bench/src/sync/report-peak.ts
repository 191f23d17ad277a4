import { writeSync } from 'node:fs';

// Runs in the measured process, before the command itself. Reports the highest memory of the process when it ends.

/** The file descriptor that the report is written to. */
const REPORT = 3;

process.once('exit', () => {
  // In KiB.
  writeSync(REPORT, String(process.resourceUsage().maxRSS));
});
