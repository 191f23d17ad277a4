import type { Operation } from '@firstofficer/openapi';
import type { Severity } from '../report/run-report.ts';
import type { OperationExchange } from './operation-exchange.ts';
import type { Session } from './session.ts';
import type { RunContext } from './subject.ts';

/** What a check holds against a response. */
export interface Violation {
  readonly expected: string;
  readonly actual: string;
  /** An object of the description, and the members below it, that promise what is expected. */
  readonly specRef: readonly [object: object, ...members: string[]];
  /** Default: the check's own. */
  readonly severity?: Severity;
}

/** Something to try on the target. */
export interface TestCase {
  /** What is tried, such as `basicAuth: no key`. */
  readonly name: string;
  run(session: Session): Promise<void>;
}

/** One thing that a server has to keep, under a name that stays. */
export interface Check {
  readonly name: string;
  readonly severity: Severity;
  /** Why it matters, in one line. */
  readonly rationale: string;
  /** Where the promise is written that no schema can express, for rules of one API. */
  readonly source?: string;
  /** What is tried for it. */
  testCases?(operation: Operation, context: RunContext): readonly TestCase[];
  /** What it holds against any response of an operation, whatever was tried. */
  checkResponse?(exchange: OperationExchange, context: RunContext): readonly Violation[];
}
