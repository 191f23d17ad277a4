import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { TestContext } from 'vitest';

/**
 * Finds a program on the PATH and returns its path. Without it the test is skipped, with the reason. With
 * `REQUIRE_PROGRAMS=1` the test fails instead.
 *
 * @throws Error if the program is required and missing.
 * @example
 * test('the sample runs', async (context) => {
 *   const ruby = await needsProgram(context, 'ruby');
 * });
 */
export async function needsProgram(context: Pick<TestContext, 'skip'>, name: string): Promise<string> {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name);
    if (await isExecutable(path)) return path;
  }
  const reason = `${name} is not installed. On Debian, run: apt-get install ${name}`;
  if (process.env.REQUIRE_PROGRAMS) throw new Error(reason);
  return context.skip(reason);
}

function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
