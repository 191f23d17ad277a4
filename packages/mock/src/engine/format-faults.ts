const MAX_LISTED = 20;

/**
 * Returns the message of an error that lists the first faults.
 *
 * @param content - What contains the faults.
 */
export function formatFaults(content: 'examples' | 'scenarios', faults: readonly string[]): string {
  const count = faults.length === 1 ? 'an error' : `${faults.length} errors`;
  const head = `the ${content} have ${count}. Correct the ${content} and start the mock again.`;
  const rest = faults.length - MAX_LISTED;
  return [head, ...faults.slice(0, MAX_LISTED), ...(rest > 0 ? [`… and ${rest} more`] : [])].join('\n');
}
