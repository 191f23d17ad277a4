import type { ProbeOutcome } from './engine/finding.ts';
import type { ParameterValues } from './engine/parameter-values.ts';
import type { Settings } from './engine/subject.ts';
import type { KnownCustomer, Target } from './target.ts';

/** What a run is told to do, in a form that can be handed to a worker. */
export interface Order {
  readonly target: Target;
  /** Path of the description. */
  readonly spec: string;
  /** Customers that the target has; without any, it serves the examples of the description. */
  readonly customers: readonly KnownCustomer[];
  readonly parameters: ParameterValues;
  readonly settings: Settings;
  /** Whether to keep what was sent and received. */
  readonly record: boolean;
}

declare module 'vitest' {
  interface ProvidedContext {
    firstofficerOrder: Order;
  }
  interface TaskMeta {
    outcome?: ProbeOutcome;
  }
}
