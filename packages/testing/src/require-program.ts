import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { TestContext } from 'vitest';

/**
 * Returns the path of a program on the PATH. Skips the test, with the reason, if the program is missing. If
 * `REQUIRE_PROGRAMS=1` is set, the test fails instead.
 *
 * @throws Error if the program is missing and `REQUIRE_PROGRAMS` is set.
 * @example
 * test('the sample runs', async (context) => {
 *   const ruby = await requireProgram(context, 'ruby');
 * });
 */
export async function requireProgram(context: Pick<TestContext, 'skip'>, name: string): Promise<string> {
  const path = await findProgram(name);
  if (path !== undefined) return path;
  const reason = `${name} is not installed. On Debian, run: apt-get install ${name}`;
  if (process.env.REQUIRE_PROGRAMS) throw new Error(reason);
  return context.skip(reason);
}

/**
 * Returns the path of a program on the PATH, or undefined if it is missing.
 *
 * @example
 * const go = await findProgram('go');
 */
export async function findProgram(name: string): Promise<string | undefined> {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name);
    if (await isExecutable(path)) return path;
  }
  return undefined;
}

function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
