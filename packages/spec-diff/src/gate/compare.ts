import { type RedoclyChange, runRedocly } from './redocly.ts';
import { type Change, type Comparison, maxStep } from './step.ts';

/** The paths of two descriptions. */
export interface Descriptions {
  /** The last released description. */
  readonly base: string;
  /** The description that replaces it. */
  readonly revision: string;
}

/**
 * Compares two descriptions and returns by how much the version must rise.
 *
 * @example
 * const { step } = await compareDescriptions({ base: 'spec/released.yaml', revision: 'spec/openapi.yaml' });
 */
export async function compareDescriptions({ base, revision }: Descriptions): Promise<Comparison> {
  const changes = (await runRedocly(base, revision)).flatMap((change) => readChange(change, revision));
  return { step: maxStep(changes.map(({ step }) => step)), changes };
}

function readChange({ verdicts, kind, impact, base, revision, property }: RedoclyChange, file: string): Change[] {
  const { pointer, line } = revision ?? base ?? { pointer: '#', line: 1 };
  const unrated = { ruleId: kind, impact, message: `${property ?? pointer} was ${kind}.` };
  return (verdicts.length > 0 ? verdicts : [unrated]).map(({ ruleId, impact: step, message }) => ({
    step,
    message,
    ruleId,
    tool: 'redocly',
    location: { file, pointer: pointer.slice(1), line },
  }));
}
