import { counted, figuresOf, grouped } from './figures.ts';
import type { RunReport } from './run-report.ts';

/** How the run went, in one sentence. */
export function verdictLine(report: RunReport): string {
  const { checks, passed, failed } = figuresOf(report);
  const all = counted(checks, 'check');
  switch (report.verdict) {
    case 'kept':
      return `Contract kept: ${counted(passed, 'check')} of ${report.target} passed.`;
    case 'broken':
      return `Contract broken: ${grouped(failed)} of ${all} of ${report.target} failed.`;
    case 'incomplete':
      return `Contract not fully checked: ${grouped(checks - passed)} of ${all} of ${report.target} did not run.`;
  }
}

/** Why the run ended early, as a sentence. */
export function stoppedLine({ stopped }: RunReport): string | undefined {
  return stopped === undefined ? undefined : `The run ended early: ${stopped.replace(/\.$/, '')}.`;
}
