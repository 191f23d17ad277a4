import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * A module that is generated from a description.
 *
 * @example
 * const module: GeneratedModule = { file: new URL('types.ts', folder), text: createHeader(spec) + types };
 */
export interface GeneratedModule {
  readonly file: URL;
  readonly text: string;
}

/**
 * Returns the first line of the modules that are generated from a description.
 *
 * @param spec - The path of the description.
 * @example
 * createHeader('spec/openapi.yaml'); // '// Generated from spec/openapi.yaml by `pnpm generate`. Do not edit.\n'
 */
export function createHeader(spec: string): string {
  return `// Generated from ${formatPath(spec)} by \`pnpm generate\`. Do not edit.\n`;
}

/**
 * Returns the modules whose files are missing or differ.
 *
 * @example
 * await writeOrReport(await findChangedModules(modules), spec);
 */
export async function findChangedModules(modules: readonly GeneratedModule[]): Promise<GeneratedModule[]> {
  const current = await Promise.all(modules.map(({ file }) => readFile(file, 'utf8').catch(() => undefined)));
  return modules.filter(({ text }, index) => text !== current[index]);
}

/**
 * Writes modules. If the command line contains `--check`, it reports them as out of date instead, and the exit code is 1.
 *
 * @param spec - The path of the description that the modules are generated from.
 * @example
 * await writeOrReport(await findChangedModules(modules), 'spec/openapi.yaml');
 */
export async function writeOrReport(modules: readonly GeneratedModule[], spec: string): Promise<void> {
  for (const { file, text } of modules) {
    if (!process.argv.includes('--check')) {
      await mkdir(new URL('.', file), { recursive: true });
      await writeFile(file, text);
    } else {
      const path = formatPath(fileURLToPath(file));
      console.error(`${path} does not match ${formatPath(spec)}. Run: npx -y pnpm@12 generate`);
      process.exitCode = 1;
    }
  }
}

/** The keywords whose values are data: a member `description` in them is part of the data. */
const DATA_KEYWORDS = ['const', 'default', 'enum', 'example', 'links', 'value'];

/**
 * Returns a copy of a schema or of another part of a description without descriptions and extensions that are texts, such
 * as `x-sunset`. They are for readers and would make generated code larger. Examples are kept as they are.
 *
 * @example
 * withoutDescriptions({ type: 'string', description: 'The name of the pet.' }); // { type: 'string' }
 */
export function withoutDescriptions<Part extends object>(part: Part): Part {
  return JSON.parse(JSON.stringify(copyWithoutDescriptions(part)));
}

function copyWithoutDescriptions(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyWithoutDescriptions);
  const members = Object.entries(value).filter(
    // A member of an object may have such a name. Its schema is no text.
    ([name, member]) => typeof member !== 'string' || (name !== 'description' && !name.startsWith('x-')),
  );
  return Object.fromEntries(
    members.map(([name, member]) => [name, isData(name, member) ? member : copyWithoutDescriptions(member)]),
  );
}

/** Returns whether the value of a keyword is data. In schemas, `examples` is a list of data, elsewhere a map of objects. */
function isData(name: string, value: unknown): boolean {
  return DATA_KEYWORDS.includes(name) || (name === 'examples' && Array.isArray(value));
}

/**
 * Returns the text of a module that exports validators made by Ajv.
 *
 * @param code - The validators: Ajv's standalone code, which loads helpers with `require`.
 * @param rows - The members of the exported object `validators`, such as `'  "listPets": validator1,'`.
 * @param require - The `require` of a package that depends on Ajv.
 * @example
 * formatValidators(standaloneCode(ajv, names), rows, createRequire(import.meta.url));
 */
export function formatValidators(code: string, rows: readonly string[], require: NodeJS.Require): string {
  const lines = ['// @ts-nocheck: code made by Ajv.', inlineHelpers(code, require), 'export const validators = {'];
  return [...lines, ...rows, '};', ''].join('\n');
}

/** Inlines the helpers that code made by Ajv loads with `require`, which ES modules do not have. */
function inlineHelpers(code: string, require: NodeJS.Require): string {
  return code
    .replace('"use strict";\n', '')
    .replaceAll(/^export const /gm, 'const ')
    .replaceAll(/require\("([^"]+)"\)\.default/g, (_, id: string) => `(${require(id).default})`);
}

/** Returns the path of a file relative to the root of this repository. */
function formatPath(file: string): string {
  return relative(ROOT, file).replaceAll('\\', '/');
}
