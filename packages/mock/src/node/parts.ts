import { realpath } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Description, loadDescription } from '@firstofficer/openapi';
import { type OwnExamples, readOwnExamples } from '../engine/examples/own-examples.ts';
import type { Tools } from '../engine/tools.ts';
import { type ExampleSource, loadExamples } from './examples.ts';
import { cacheValidation } from './prism/cache.ts';
import { checkExamples } from './prism/check-examples.ts';
import { createPrism } from './prism/prism.ts';

/** The path of the description of FirstOfficer's API. */
export const OWN_DESCRIPTION = fileURLToPath(import.meta.resolve('@firstofficer/spec/openapi.yaml'));

/** What an engine is created from. */
export interface Parts {
  readonly description: Description;
  readonly tools: Tools;
  readonly examples: OwnExamples;
  /** Whether the header `Accept` chooses the content type. */
  readonly isNegotiated: boolean;
}

/** Options of {@link loadParts}. */
export interface PartsOptions {
  readonly examples?: ExampleSource | undefined;
  readonly onWarning?: ((message: string) => void) | undefined;
}

/**
 * Loads a description and own examples.
 *
 * @param onWarning - Is called with what is wrong in the description but served. Without it, this is not checked.
 * @throws Error if one of them cannot be read or is invalid.
 */
export async function loadParts(spec: string, { examples: source = [], onWarning }: PartsOptions = {}): Promise<Parts> {
  const description = await loadDescription(spec);
  const prism = await createPrism(description, { onWarning });
  if (onWarning) for (const warning of await checkExamples(description, prism.validateBody)) onWarning(warning);
  const tools = { ...prism, validate: cacheValidation(prism.validate) };
  const examples = await readOwnExamples(await loadExamples(source), description.operations, tools);
  const isNegotiated = !(await isOwnDescription(spec));
  return { description, examples, isNegotiated, tools };
}

/** Returns whether a description is the one of FirstOfficer's API, also if the path leads to it by a symbolic link. */
async function isOwnDescription(spec: string): Promise<boolean> {
  if (spec === OWN_DESCRIPTION) return true;
  const [path, ownPath] = await Promise.all([realpath(spec).catch(() => undefined), realpath(OWN_DESCRIPTION)]);
  return path === ownPath;
}
