import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'vitest';

/** A file that is gone when the test is over. */
export async function temporaryFile({ onTestFinished }: TestContext, content: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'firstofficer-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'customers.json');
  await writeFile(file, content);
  return file;
}
