import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { TestContext } from 'vitest';

/** Finds a program on the PATH. A test of this machine is skipped without it, one of CI fails. */
export async function needsProgram(context: TestContext, name: string): Promise<string> {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name);
    if (
      await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  const reason = `${name} is not installed: install it, on Debian by \`apt-get install ${name}\`, then run the tests again.`;
  if (process.env.CI) throw new Error(reason);
  return context.skip(reason);
}
