import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Context, createTemporaryFolder } from '@firstofficer/common/testing';
import { expect } from 'vitest';

const SPEC = fileURLToPath(new URL('../', import.meta.url));
const REDOCLY = join(SPEC, 'node_modules/@redocly/cli/bin/cli.js');
const RULES = ['redocly.yaml', 'redocly-plugin.ts'];

/** What the linter reports about a file. */
export interface Problem {
  readonly ruleId: string;
  readonly message: string;
}

/** Reads a file of the folder of the description. */
const read = (name: string) => readFile(join(SPEC, name), 'utf8');

/**
 * Returns the problems that the linter reports in copies of a description, in each of which a text is replaced.
 *
 * One process lints all copies, because each process takes half a second.
 */
export async function lintCopies(
  context: Context,
  description: string,
  edits: readonly (readonly [original: string, edited: string])[],
): Promise<(readonly Problem[])[]> {
  const text = await read(description);
  const copies = edits.map(([original, edited], index) => {
    expect(text).toContain(original);
    return [`${index}.yaml`, text.replace(original, () => edited)];
  });
  const rules = await Promise.all(RULES.map(async (name) => [name, await read(name)]));
  const folder = await createTemporaryFolder(context, Object.fromEntries([...rules, ...copies]));
  const files = copies.map(([name = '']) => name);
  const { stdout } = await promisify(execFile)(process.execPath, [REDOCLY, 'lint', ...files, '--format=json'], {
    cwd: folder,
    maxBuffer: 2 ** 24,
  }).catch((failure: { stdout: string }) => failure);
  // The output is one JSON object for each file, without a separator.
  return stdout.split(/(?<=^\})(?=\{)/m).map((report) => (JSON.parse(report) as { problems: Problem[] }).problems);
}
