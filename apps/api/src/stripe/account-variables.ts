const NUMBER = /^[1-9]\d{0,14}$/;

/**
 * Returns the values of an environment variable by account: that of `NAME_1` for account 1, and that of `NAME`, for accounts
 * without a variable of their own, by undefined. Empty values are left out.
 *
 * @example
 * const keys = readAccountVariables(process.env, 'FIRSTOFFICER_STRIPE_KEY');
 * const key = keys.get(1) ?? keys.get(undefined);
 */
export function readAccountVariables(env: NodeJS.ProcessEnv, name: string): ReadonlyMap<number | undefined, string> {
  const values = new Map<number | undefined, string>();
  for (const [variable, value] of Object.entries(env)) {
    if (!value) continue;
    const account = variable.startsWith(`${name}_`) ? variable.slice(name.length + 1) : '';
    if (variable === name) values.set(undefined, value);
    else if (NUMBER.test(account)) values.set(Number(account), value);
  }
  return values;
}
