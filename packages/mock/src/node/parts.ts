import { fileURLToPath } from 'node:url';
import { type Description, loadDescription } from '@firstofficer/openapi';
import { type OwnExamples, readOwnExamples } from '../engine/own-examples.ts';
import type { Tools } from '../engine/tools.ts';
import { cacheValidation } from './cache.ts';
import { type ExampleSource, loadExamples } from './examples.ts';
import { createPrism } from './prism.ts';

/** The path of the description of FirstOfficer's API. */
export const SPEC_FILE = fileURLToPath(import.meta.resolve('@firstofficer/spec/openapi.yaml'));

/** What an engine is created from. */
export interface Parts {
  readonly description: Description;
  readonly tools: Tools;
  readonly examples: OwnExamples;
}

/**
 * Loads a description and own examples.
 *
 * @throws Error if one of them cannot be read or is invalid.
 */
export async function loadParts(spec: string, source: ExampleSource = []): Promise<Parts> {
  const description = await loadDescription(spec);
  const prism = await createPrism(description);
  const examples = await readOwnExamples(await loadExamples(source), description.operations, prism);
  return { description, examples, tools: { ...prism, validate: cacheValidation(prism.validate) } };
}
