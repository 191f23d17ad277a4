/** Variables with which a process of a job in GitHub Actions can get an ID token. */
const VARIABLES = ['ACTIONS_ID_TOKEN_REQUEST_TOKEN', 'ACTIONS_ID_TOKEN_REQUEST_URL'];

/**
 * Removes the variables with which a process can get an ID token from an environment, so that the processes that inherit
 * it cannot. Returns the environment as it was.
 *
 * @example
 * const job = takeIdToken(process.env);
 */
export function takeIdToken(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const before = { ...env };
  for (const name of VARIABLES) delete env[name];
  return before;
}
