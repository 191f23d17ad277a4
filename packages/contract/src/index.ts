export type { Severity } from './checks/check.ts';
export { demandingCustomers } from './customers/demanding-customers.ts';
export { type Identifier, type KnownCustomer, knownCustomers } from './customers/known-customers.ts';
export type { Customer, StoredCustomer } from './customers/stored-customer.ts';
export type { ParameterValues } from './request/serialization.ts';
export type { Target } from './request/target.ts';
export type { Settings } from './run/context.ts';
export type { RunOptions } from './run/open-run.ts';
export { type ContractOptions, type ContractRun, type Progress, runContract, verifyContract } from './run/run.ts';
export type {
  CheckResult,
  CoverageItem,
  Finding,
  OperationCoverage,
  RecordedExchange,
  RunReport,
  SpecLocation,
} from './run/run-report.ts';
