export { demandingCustomers } from './customers/demanding-customers.ts';
export { knownCustomers } from './customers/known-customers.ts';
export type { Customer, StoredCustomer } from './customers/stored-customer.ts';
export type { ParameterValues } from './engine/parameter-values.ts';
export type { Settings } from './engine/subject.ts';
export type { RunOptions } from './open-run.ts';
export type {
  CheckResult,
  CoverageItem,
  Finding,
  OperationCoverage,
  RecordedExchange,
  RunReport,
  Severity,
  SpecLocation,
} from './report/run-report.ts';
export { type ContractOptions, type ContractRun, type Progress, runContract, verifyContract } from './run.ts';
export type { Identifier, KnownCustomer, Target } from './target.ts';
