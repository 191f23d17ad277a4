import { createLocateFunction } from '@firstofficer/openapi';
import { formatFaults } from '../engine/format-faults.ts';
import { formatFault, ScenarioError } from '../engine/scenario-faults.ts';
import { parseYaml } from './parse-yaml.ts';
import { readTextFile } from './text-file.ts';

/** A list of scenarios that is not checked yet. */
interface ScenarioSource {
  /**
   * Calls a function with the list, and returns its result. If the function throws a `ScenarioError` and the list is from
   * a file, the message names the file and the lines.
   */
  check<T>(use: (scenarios: unknown) => T): T;
}

/**
 * Reads the scenarios that a mock starts with.
 *
 * @param source - A list, or the path of a file in YAML or JSON.
 * @throws Error if the file cannot be read or parsed.
 */
export async function loadScenarios(source: unknown = []): Promise<ScenarioSource> {
  if (typeof source !== 'string' && !(source instanceof URL)) return { check: (use) => use(source) };
  const { file, text } = await readTextFile(source, 'scenarios');
  const { value, faults } = parseYaml(text);
  if (faults.length > 0) {
    const lines = faults.map(({ line, message }) => `${file}:${line}: ${message}`);
    throw new Error(formatFaults('scenarios', lines));
  }
  const root = Array.isArray(value) ? value : [];
  const locate = createLocateFunction({ name: file, text }, root);
  return {
    check(use) {
      try {
        return use(value);
      } catch (error) {
        if (!(error instanceof ScenarioError)) throw error;
        const lines = error.faults.map((fault) => {
          const { line } = locate(root, ...fault.path.map(String));
          return `${file}:${line}: ${formatFault(fault)}`;
        });
        throw new Error(formatFaults('scenarios', lines));
      }
    },
  };
}
