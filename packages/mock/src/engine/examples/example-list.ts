import { formatFaults } from '../format-faults.ts';
import type { ExampleItem } from './own-examples.ts';

/**
 * Returns the items of a list of own examples.
 *
 * @throws Error if the list is no list, or if an item cannot be sent as JSON.
 */
export function listExamples(source: readonly object[]): ExampleItem[] {
  if (!Array.isArray(source)) throw new Error('examples must be a list, or the path of a file.');
  return source.map((value: unknown, index) => {
    const locate = () => `examples[${index}]`;
    return { value: copyAsJson(value, locate), locate };
  });
}

/** Returns the value as it would be after it is sent. Later changes to the original have no effect. */
export function copyAsJson(value: unknown, locate: () => string): unknown {
  try {
    return JSON.parse(JSON.stringify(value) ?? 'null');
  } catch (error) {
    const [reason] = (error as Error).message.split('\n');
    throw new Error(formatFaults('examples', [`${locate()}: cannot be sent as JSON (${reason})`]));
  }
}
