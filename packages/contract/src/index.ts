export type { Basis, Profile, Severity } from './checks/check.ts';
export { demandingCustomers } from './customers/demanding-customers.ts';
export { type Identifier, type KnownCustomer, knownCustomers } from './customers/known-customers.ts';
export type { Customer, StoredCustomer } from './customers/stored-customer.ts';
export type { HintedRelation, ListHints } from './lists/hints.ts';
export type { ParameterValues } from './request/serialization.ts';
export type { Target } from './request/target.ts';
export type { PlannedTestCase } from './run/plan.ts';
export type { RecordedExchange } from './run/recording.ts';
export type {
  CheckResult,
  CoverageItem,
  Finding,
  Observation,
  OperationCoverage,
  RunReport,
  SpecLocation,
  Tally,
  TestCaseOutcome,
  UnreachedOperation,
} from './run/report.ts';
export { type RunEvent, type RunOptions, runContract, verifyContract } from './run/run.ts';
