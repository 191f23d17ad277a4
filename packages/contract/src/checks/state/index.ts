import type { Check } from '../check.ts';
import { createdListed } from './created-listed.ts';
import { createdRetrievable } from './created-retrievable.ts';
import { createdValues } from './created-values.ts';
import { deletedGone } from './deleted-gone.ts';
import { locationConformance } from './location-conformance.ts';
import { uniqueIdentifiers } from './unique-identifiers.ts';
import { updateApplied } from './update-applied.ts';
import { updateIsolated } from './update-isolated.ts';

/** The checks of objects that the run creates itself. */
export const STATE_CHECKS: readonly Check[] = [
  createdRetrievable,
  createdValues,
  createdListed,
  uniqueIdentifiers,
  locationConformance,
  updateApplied,
  updateIsolated,
  deletedGone,
];
