import { type Description, loadDescription } from '@firstofficer/openapi';
import { specFile } from '../spec-file.ts';
import { UsageError } from '../usage-error.ts';
import type { Flags } from './options.ts';

/**
 * The description that the target is held against.
 *
 * @throws UsageError if it cannot be read.
 */
export async function descriptionOf({ spec }: Flags): Promise<Description> {
  try {
    return await loadDescription(specFile(spec));
  } catch (error) {
    throw new UsageError(`--spec: ${(error as Error).message}`);
  }
}
