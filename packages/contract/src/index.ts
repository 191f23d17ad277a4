export type { ParameterValues } from './engine/parameter-values.ts';
export type { Settings } from './engine/subject.ts';
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
export { type ContractOptions, type ContractRun, type Progress, runContract } from './run.ts';
export type { Identifier, KnownCustomer, Target } from './target.ts';
