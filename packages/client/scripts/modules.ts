import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { loadDescription } from '@firstofficer/openapi';
import { generateTypes } from './types.ts';
import { generateValidators } from './validators.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** The folder of the modules that the client consists of. */
export const GENERATED_FOLDER = new URL('../src/generated/', import.meta.url);

/** A module that the generator creates. */
export interface GeneratedModule {
  readonly file: URL;
  readonly text: string;
}

/**
 * Generates the types and validators of a description, and returns those modules that differ from their files.
 *
 * @throws Error if the description cannot be read.
 * @example
 * for (const { file, text } of await generateChangedModules('spec/openapi.yaml')) await writeFile(file, text);
 */
export async function generateChangedModules(spec: string, folder = GENERATED_FOLDER): Promise<GeneratedModule[]> {
  const description = await loadDescription(spec);
  const header = `// Generated from ${formatPath(spec)} by \`pnpm generate\`. Do not edit.\n`;
  const modules = [
    { file: new URL('openapi.ts', folder), text: header + (await generateTypes(pathToFileURL(spec), description)) },
    { file: new URL('validators.ts', folder), text: header + generateValidators(description) },
  ];
  const current = await Promise.all(modules.map(({ file }) => readFile(file, 'utf8').catch(() => undefined)));
  return modules.filter(({ text }, index) => text !== current[index]);
}

/** Returns the path of a file relative to the root of this repository. */
export function formatPath(file: string): string {
  return relative(ROOT, file).replaceAll('\\', '/');
}
