import { checkHeaders } from '../publish/index.ts';

const POLICY = /^( {2}Content-Security-Policy: )(.*)$/m;

/** The `_headers` file of an older version, and the base path of that version. */
export interface OlderHeaders {
  readonly base: string;
  readonly text: string;
}

/**
 * Merges the `_headers` files of several versions into the one that a host reads. The result has the rules for the
 * paths of older versions, and its policy allows what any version needs. Each page also contains its own stricter
 * policy.
 *
 * @throws Error if the merged policy is too long for such a file.
 * @example
 * mergeHeaders(current, [{ base: '/v1/', text }]);
 */
export function mergeHeaders(current: string, older: readonly OlderHeaders[]): string {
  const policies = [current, ...older.map(({ text }) => text)].flatMap((text) => POLICY.exec(text)?.[2] ?? []);
  const blocks = older.flatMap(({ base, text }) => text.split('\n\n').filter((block) => block.startsWith(base)));
  const merged = current.replace(POLICY, (_, name: string) => name + joinPolicies(policies));
  return checkHeaders([merged, ...blocks.map((block) => `${block.trimEnd()}\n`)].join('\n'));
}

function joinPolicies(policies: readonly string[]): string {
  const directives = new Map<string, Set<string>>();
  for (const directive of policies.flatMap((policy) => policy.split(';'))) {
    const [name, ...sources] = directive.trim().split(/\s+/);
    if (!name) continue;
    directives.set(name, new Set([...(directives.get(name) ?? []), ...sources]));
  }
  return [...directives].map(([name, sources]) => [name, ...allowing(sources)].join(' ')).join('; ');
}

/** Removes 'none' if there are other sources, because it is only valid alone. */
function allowing(sources: ReadonlySet<string>): string[] {
  return sources.size > 1 ? [...sources].filter((source) => source !== "'none'") : [...sources];
}
