import { join } from 'node:path';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import type { TestContext } from 'vitest';

export { createTemporaryFolder as temporaryFolder };

/** Creates a file that is removed after the test. Returns its path. */
export async function temporaryFile(context: TestContext, content: string, name = 'file.json'): Promise<string> {
  return join(await createTemporaryFolder(context, { [name]: content }), name);
}
