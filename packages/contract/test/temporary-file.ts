import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'vitest';

/** Creates a folder that is removed after the test. */
export async function temporaryFolder({ onTestFinished }: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'firstofficer-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** Creates a file that is removed after the test. */
export async function temporaryFile(context: TestContext, content: string, name = 'file.json'): Promise<string> {
  const file = join(await temporaryFolder(context), name);
  await writeFile(file, content);
  return file;
}
