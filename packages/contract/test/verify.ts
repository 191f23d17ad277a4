import { type RunOptions, verifyContract } from '../src/run/run.ts';
import type { RunReport } from '../src/run/run-report.ts';

interface Trial extends Omit<RunOptions, 'target'> {
  readonly url: string;
  readonly token?: string;
}

/** Tests a server against a description with a fixed seed. */
export function verify({ url, token, settings, ...trial }: Trial): Promise<RunReport> {
  const target = { url, ...(token !== undefined && { token }) };
  return verifyContract({ ...trial, target, settings: { seed: 1, generated: 10, ...settings } });
}

/** Returns the errors in a report. */
export function errorsIn({ checks }: RunReport): { check: string; probe: string; expected: string; actual: string }[] {
  return checks
    .flatMap(({ findings }) => findings)
    .filter(({ severity }) => severity === 'error')
    .map(({ check, probe, expected, actual }) => ({ check, probe, expected, actual }));
}
