import type { TestContext } from 'vitest';
import { ALL_CHECKS } from '../src/all-checks.ts';
import { assemble } from '../src/engine/assemble.ts';
import { openLink } from '../src/engine/link.ts';
import { plan, selectedChecks } from '../src/engine/plan.ts';
import { runProbe } from '../src/engine/session.ts';
import type { Settings } from '../src/engine/subject.ts';
import type { Order } from '../src/order.ts';
import { prepareSubject } from '../src/prepare-subject.ts';
import type { RunReport } from '../src/report/run-report.ts';
import { defaultSettings } from '../src/settings.ts';
import { specFile } from '../src/spec-file.ts';

interface Trial extends Partial<Pick<Order, 'spec' | 'customers' | 'parameters'>> {
  readonly url: string;
  readonly token?: string;
  readonly settings?: Partial<Settings>;
  /** The name of the only thing to try. Default: everything. */
  readonly probe?: string;
}

/** Holds a server against a description, as a run does, in this process and by the same values each time. */
export async function hold(
  { onTestFinished }: TestContext,
  { url, token, spec = specFile(undefined), customers = [], parameters = {}, settings: own, probe: only }: Trial,
): Promise<RunReport> {
  const settings = { ...defaultSettings(url), seed: 1, generated: 10, ...own };
  const link = openLink(url, settings);
  onTestFinished(() => link.close());
  const target = { url, ...(token !== undefined && { token }) };
  const subject = await prepareSubject({ target, spec, customers, parameters, settings, record: false }, link);
  const judges = selectedChecks(ALL_CHECKS, settings).filter(({ judge, probes }) => judge || !probes);
  const planned = plan(ALL_CHECKS, subject).filter(({ probe }) => only === undefined || probe.name === only);
  const outcomes = await Promise.all(
    planned.map(({ check, operation, probe }) =>
      runProbe({ subject, link, judges, record: false }, check, operation, probe),
    ),
  );
  return assemble(ALL_CHECKS, subject, outcomes, {
    tool: { name: 'test', version: '0.0.0' },
    spec: { file: spec, title: '', version: '' },
    startedAt: new Date(0).toISOString(),
    durationMs: 0,
  });
}

/** What a report says is wrong. */
export function errorsIn({ checks }: RunReport): { check: string; probe: string; expected: string; actual: string }[] {
  return checks
    .flatMap(({ findings }) => findings)
    .filter(({ severity }) => severity === 'error')
    .map(({ check, probe, expected, actual }) => ({ check, probe, expected, actual }));
}
