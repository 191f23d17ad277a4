import { type Fault, type FaultGroup, type FaultTable, foundBy as foundByCheck } from '../fault.ts';
import type { MuseumVariant } from './server/steps.ts';

/** A museum with one fault. */
export type MuseumFault = Fault<MuseumVariant>;

/** A group of similar faults of a museum. */
export type MuseumFaultGroup = FaultGroup<MuseumVariant>;

/** Returns the faults that one check must report, or one of several checks. */
export function foundBy(check: string | readonly string[], table: FaultTable<MuseumVariant>): MuseumFault[] {
  return foundByCheck(check, table);
}
