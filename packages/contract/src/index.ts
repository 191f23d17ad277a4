export { type ContractOptions, type Outcome, runContract } from './run.ts';
export type { Identifier, KnownCustomer, Target } from './target.ts';
