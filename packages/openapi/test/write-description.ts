import { join } from 'node:path';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { onTestFinished } from 'vitest';

/** Writes a description and other files into a temporary folder, and returns the path of the description. */
export async function writeDescription(text: string, others: Readonly<Record<string, string>> = {}): Promise<string> {
  return join(await createTemporaryFolder({ onTestFinished }, { 'openapi.yaml': text, ...others }), 'openapi.yaml');
}
