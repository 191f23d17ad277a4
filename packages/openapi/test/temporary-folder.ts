import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder that is gone when the test is over. */
async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'firstofficer-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** The path of a file in such a folder, others beside it. */
export async function temporaryFile(name: string, text: string, others: Record<string, string> = {}): Promise<string> {
  const folder = await temporaryFolder();
  for (const [other, content] of Object.entries({ [name]: text, ...others })) {
    await writeFile(join(folder, other), content);
  }
  return join(folder, name);
}
