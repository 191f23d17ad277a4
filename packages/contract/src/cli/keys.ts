import { UsageError } from '@firstofficer/common/command';
import type { Description, Operation, SecurityScheme } from '@firstofficer/openapi';
import {
  createCredentials,
  findKey,
  formatKeyVariable,
  isBasic,
  isSupported,
  needsKey,
} from '../request/credentials.ts';
import type { Target } from '../request/target.ts';

type Operations = Pick<Description, 'operations'>;

/**
 * Returns the keys of single security schemes, from `--auth name=key` and from environment variables such as
 * `FIRSTOFFICER_AUTH_BEARERAUTH`. The command line takes precedence.
 *
 * @throws UsageError if an option is not `name=key`, or a key cannot be sent. The message does not contain the key.
 */
export function parseKeys(
  given: readonly string[] = [],
  description: Operations,
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const schemes = listSchemes(description);
  const fromEnvironment = Object.keys(schemes).flatMap((name) => {
    const key = environment[formatKeyVariable(name)];
    return key === undefined || key === '' ? [] : [[name, key] as const];
  });
  const fromOptions = given.map((text) => {
    const [, name, key] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
    if (name === undefined || key === undefined) {
      throw new UsageError('--auth must be the name of a security scheme and a key, such as --auth bearerAuth=KEY.');
    }
    return [name, key] as const;
  });
  const keys = Object.fromEntries([...fromEnvironment, ...fromOptions]);
  for (const [name, key] of Object.entries(keys)) {
    const reason = schemes[name] && explainUnsendable(schemes[name], key);
    if (reason === undefined) continue;
    throw new UsageError(`the key for ${name} ${reason}. Check ${formatKeyVariable(name)} or --auth.`);
  }
  return keys;
}

/**
 * Requires that the target has a key for each operation that needs one.
 *
 * @throws UsageError for the first operation without a key.
 */
export function requireKeys({ operations }: Operations, target: Target): void {
  const isMissing = (operation: Operation) =>
    needsKey(operation) && isSupported(operation) && !createCredentials(operation, target);
  const operation = operations.find(isMissing);
  if (!operation) return;
  const hasOthers = operations.some((other) => createCredentials(other, target));
  const missing = [...new Set(operation.security.flatMap((schemes) => Object.keys(schemes)))].filter(
    (scheme) => !findKey(target, scheme),
  );
  const variables = missing.map(formatKeyVariable).join(' or ');
  throw new UsageError(
    hasOthers
      ? `${operation.id} needs a key for ${missing.join(' or ')}. Set ${variables}, pass --auth, or pass --exclude ${operation.id}.`
      : `--url needs an API key. Set FIRSTOFFICER_TOKEN or pass --token. For single security schemes, set ${variables} or pass --auth.`,
  );
}

function listSchemes({ operations }: Operations): Readonly<Record<string, SecurityScheme>> {
  return Object.assign({}, ...operations.flatMap(({ security }) => security));
}

function explainUnsendable(scheme: SecurityScheme, key: string): string | undefined {
  if (!/^[\x20-\x7e]+$/.test(key) || key !== key.trim()) return 'must be printable ASCII without spaces around it';
  if (scheme.in === 'cookie' && /[ ",;\\]/.test(key)) return 'is a cookie and must not contain spaces or ",;\\';
  if (scheme.type !== 'apiKey' && !isBasic(scheme) && key.includes(' ')) {
    return 'must not contain spaces: it is sent after Bearer';
  }
  return undefined;
}
