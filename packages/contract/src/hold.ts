import { loadDescription } from '@firstofficer/openapi';
import { ALL_CHECKS } from './all-checks.ts';
import { assemble } from './engine/assemble.ts';
import { openLink } from './engine/link.ts';
import type { ParameterValues } from './engine/parameter-values.ts';
import { judgesOf, plan } from './engine/plan.ts';
import { runProbe } from './engine/session.ts';
import type { Settings } from './engine/subject.ts';
import { prepareSubject } from './prepare-subject.ts';
import type { RunReport } from './report/run-report.ts';
import { specOf } from './report/spec-of.ts';
import { defaultSettings } from './settings.ts';
import { specFile } from './spec-file.ts';
import type { KnownCustomer, Target } from './target.ts';
import { TOOL } from './tool.ts';

/**
 * What a server is to be held against.
 *
 * @example
 * const options: HoldOptions = { target: { url, token }, customers, settings: { seed: 1 } };
 */
export interface HoldOptions {
  /** The server under test. */
  readonly target: Target;
  /** Path of the OpenAPI 3.1 description. Default: that of FirstOfficer's Customers API. */
  readonly spec?: string;
  /** Customers that the target has. Without any it must serve the description's examples. */
  readonly customers?: readonly KnownCustomer[];
  /** Values of parameters by which its operations succeed, by name. */
  readonly parameters?: ParameterValues;
  /** What is to be other than by default. */
  readonly settings?: Partial<Settings>;
  /** The name of the only thing to try. Default: everything. */
  readonly probe?: string;
}

/**
 * Holds a server against an OpenAPI description in this process, without Vitest: for those who want the report in a
 * test of their own, whatever runs it.
 *
 * @throws Error if the description cannot be read.
 * @example
 * const report = await holdToContract({ target: { url: server.url, token } });
 * assert.equal(report.verdict, 'kept');
 */
export async function holdToContract({ target, probe: only, ...options }: HoldOptions): Promise<RunReport> {
  const startedAt = new Date();
  const spec = specFile(options.spec);
  const settings = { ...defaultSettings(target.url), ...options.settings };
  const order = {
    target,
    spec,
    customers: options.customers ?? [],
    parameters: options.parameters ?? {},
    settings,
    record: false,
  };
  const link = openLink(target.url, settings);
  try {
    const subject = await prepareSubject(order, link);
    const work = { subject, link, judges: judgesOf(ALL_CHECKS, settings), record: false };
    const planned = plan(ALL_CHECKS, subject).filter(({ probe }) => only === undefined || probe.name === only);
    const outcomes = await Promise.all(
      planned.map(({ check, operation, probe }) => runProbe(work, check, operation, probe)),
    );
    return assemble(ALL_CHECKS, subject, outcomes, {
      tool: TOOL,
      spec: specOf(spec, await loadDescription(spec)),
      startedAt: startedAt.toISOString(),
      durationMs: Date.now() - startedAt.getTime(),
    });
  } finally {
    link.close();
  }
}
