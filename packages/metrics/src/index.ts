export { computeFigures, computeSnapshot, type Snapshot } from './compute.ts';
export { type CustomerData, createCustomerData } from './customer-data.ts';
export { MissingMemberError, UnknownObjectError } from './errors.ts';
export { explain } from './explain/explain.ts';
export type {
  CurrencyExplanation,
  Explanation,
  LineExplanation,
  LineRate,
  LineShare,
  ReductionExplanation,
  UncountedPayment,
} from './explain/explanation.ts';
export type { Facts } from './facts.ts';
export { Rational } from './rational.ts';
export { readObject } from './readers/read-object.ts';
export type { MoneyMovement } from './rules/contract-value.ts';
export type { Figures } from './rules/figures.ts';
export { findNextChange } from './rules/next-change.ts';
