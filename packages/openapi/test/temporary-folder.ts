import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Creates a folder that is removed when the test ends. */
async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'firstofficer-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** Writes a file and other files into a temporary folder, and returns the path of the file. */
export async function temporaryFile(name: string, text: string, others: Record<string, string> = {}): Promise<string> {
  const folder = await temporaryFolder();
  for (const [other, content] of Object.entries({ [name]: text, ...others })) {
    await writeFile(join(folder, other), content);
  }
  return join(folder, name);
}
