const MAX_LISTED = 20;

/**
 * Returns the message of an error that lists the first faults.
 *
 * @param content - What contains the faults.
 */
export function formatFaults(content: 'examples' | 'scenarios', faults: readonly string[]): string {
  const number = faults.length > MAX_LISTED ? `more than ${MAX_LISTED}` : faults.length;
  const count = faults.length === 1 ? 'an error' : `${number} errors`;
  const head = `the ${content} have ${count}. Correct the ${content} and start the mock again.`;
  return [head, ...faults.slice(0, MAX_LISTED)].join('\n');
}
