import type { Operation } from '@firstofficer/openapi/browser';

/** The status and example that a client asks for. Without a status, Prism sends the first documented success. */
export interface Preferences {
  readonly status?: string | undefined;
  /** The name of a response example. */
  readonly example?: string | undefined;
}

/**
 * Parses a `Prefer` header with the preferences that Prism supports, such as `code=404` or
 * `code=200, example=lost_customer`.
 *
 * Unknown preferences are ignored, as RFC 7240 requires.
 */
export function parsePreferences(header: string | undefined): Preferences {
  const preferences = new Map(
    (header ?? '').split(/[,;]/).map((preference) => {
      const [name = '', value = ''] = preference.split('=', 2);
      return [name.trim().toLowerCase(), value.trim().replace(/^"(.*)"$/, '$1')];
    }),
  );
  return { status: preferences.get('code'), example: preferences.get('example') };
}

/** Returns an error message if the description has no response for the preferences, otherwise undefined. */
export function findPreferenceError(operation: Operation, { status, example }: Preferences): string | undefined {
  const statuses = Object.keys(operation.responses);
  if (status !== undefined && !statuses.includes(status)) {
    return `Prefer: code=${status} is not documented for ${operation.id}. Documented statuses: ${statuses.join(', ')}.`;
  }
  if (example === undefined) return undefined;
  const examples = listExampleNames(operation, status ?? findDefaultStatus(operation));
  if (examples.includes(example)) return undefined;
  return `Prefer: example=${example} is not an example of this response. Its examples: ${examples.join(', ')}.`;
}

/** Returns the status that Prism chooses without a preference. */
function findDefaultStatus(operation: Operation): string {
  return Object.keys(operation.responses).find((status) => status.startsWith('2')) ?? '';
}

function listExampleNames(operation: Operation, status: string): string[] {
  return Object.values(operation.responses[status]?.content ?? {}).flatMap(({ examples = {} }) =>
    Object.keys(examples),
  );
}
