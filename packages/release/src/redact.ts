/** Names of variables whose values are secrets. */
const SECRET_NAME = /TOKEN|SECRET|PASSWORD|AUTH|_KEY/i;
/** Shorter values, such as `true`, are no secrets and occur in other texts. */
const SHORTEST_SECRET = 8;

/**
 * Replaces the values of secret variables in a text, and everything that has the form of a token of npm or an ID token.
 *
 * @example
 * redact('401 for abcdefgh', { NPM_TOKEN: 'abcdefgh' }); // '401 for [secret]'
 */
export function redact(text: string, env: NodeJS.ProcessEnv): string {
  return Object.entries(env)
    .flatMap(([name, value]) => (SECRET_NAME.test(name) && value && value.length >= SHORTEST_SECRET ? [value] : []))
    .toSorted((a, b) => b.length - a.length)
    .reduce((result, secret) => result.replaceAll(secret, '[secret]'), text)
    .replace(/\bnpm_[A-Za-z0-9]{20,}|\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '[secret]');
}
