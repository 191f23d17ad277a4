import type { RunReport } from '../src/run/report.ts';
import { type RunOptions, verifyContract } from '../src/run/run.ts';

interface Trial extends Omit<RunOptions, 'target'> {
  readonly url: string;
  readonly token?: string;
}

/** Tests a server against a description with a fixed seed. */
export function verify({ url, token, ...trial }: Trial): Promise<RunReport> {
  const target = { url, ...(token !== undefined && { token }) };
  return verifyContract({ seed: 1, generated: 10, ...trial, target });
}

/** Returns the errors in a report. */
export function errorsIn({
  checks,
}: RunReport): { check: string; testCase: string; expected: string; actual: string }[] {
  return checks
    .flatMap(({ findings }) => findings)
    .filter(({ severity }) => severity === 'error')
    .map(({ check, testCase, expected, actual }) => ({ check, testCase, expected, actual }));
}
