import { checkedHeaders } from '../publish/index.ts';

const POLICY = /^( {2}Content-Security-Policy: )(.*)$/m;

/** The `_headers` of an older version, with the path below which that lies. */
export interface OlderHeaders {
  readonly base: string;
  readonly text: string;
}

/**
 * The one `_headers` file that a host reads, at its root, for several versions: what is said of paths below an older one
 * is added, and the policy allows what any of them needs. Each page says its own stricter one itself.
 *
 * @throws Error if the policy becomes too long for such a file.
 * @example
 * mergeHeaders(current, [{ base: '/v1/', text }]);
 */
export function mergeHeaders(current: string, older: readonly OlderHeaders[]): string {
  const policies = [current, ...older.map(({ text }) => text)].flatMap((text) => POLICY.exec(text)?.[2] ?? []);
  const blocks = older.flatMap(({ base, text }) => text.split('\n\n').filter((block) => block.startsWith(base)));
  const merged = current.replace(POLICY, (_, name: string) => name + joinPolicies(policies));
  return checkedHeaders([merged, ...blocks.map((block) => `${block.trimEnd()}\n`)].join('\n'));
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

/** 'none' stands alone. */
function allowing(sources: ReadonlySet<string>): string[] {
  return sources.size > 1 ? [...sources].filter((source) => source !== "'none'") : [...sources];
}
