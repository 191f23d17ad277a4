import type { Operation } from '@firstofficer/openapi';

/** What a `Prefer` header asks for. */
export interface Preference {
  readonly status?: string;
  readonly example?: string;
}

/**
 * Reads the preferences that Prism knows: `Prefer: code=404` and `Prefer: code=200, example=lost_customer`.
 *
 * Unknown preferences are ignored, as RFC 7240 asks.
 */
export function readPreference(header: string | undefined): Preference {
  const preferences = new Map(
    (header ?? '').split(/[,;]/).map((preference) => {
      const [name = '', value = ''] = preference.split('=', 2);
      return [name.trim().toLowerCase(), value.trim().replace(/^"(.*)"$/, '$1')];
    }),
  );
  const status = preferences.get('code');
  const example = preferences.get('example');
  return { ...(status !== undefined && { status }), ...(example !== undefined && { example }) };
}

/** Says what is wrong with a preference that the description cannot meet, or returns undefined. */
export function findFault(operation: Operation, { status, example }: Preference): string | undefined {
  const statuses = Object.keys(operation.responses);
  if (status !== undefined && !statuses.includes(status)) {
    return `Prefer: code=${status} is not documented for ${operation.id}. Documented: ${statuses.join(', ')}.`;
  }
  if (example === undefined) return undefined;
  const examples = examplesOf(operation, status ?? defaultStatus(operation));
  if (examples.includes(example)) return undefined;
  return `Prefer: example=${example} names no example of this response. Its examples: ${examples.join(', ')}.`;
}

/** Prism's choice where no code is asked for. */
function defaultStatus(operation: Operation): string {
  return Object.keys(operation.responses).find((status) => status.startsWith('2')) ?? '';
}

function examplesOf(operation: Operation, status: string): string[] {
  return Object.values(operation.responses[status]?.content ?? {}).flatMap(({ examples = {} }) =>
    Object.keys(examples),
  );
}
