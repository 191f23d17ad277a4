import { readFile } from 'node:fs/promises';
import type { Project } from './compiler.ts';

/** The compiler options of a strict project that also checks declaration files. */
export const STRICT = {
  strict: true,
  skipLibCheck: false,
  // TypeScript's own library is not checked.
  skipDefaultLibCheck: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  target: 'es2022',
  types: [],
};

const readSource = (name: string) => readFile(new URL(`../types/${name}.ts`, import.meta.url), 'utf8');
const usage = await readSource('usage');
const mistake = await readSource('mistake');

/** Projects with correct and incorrect uses of the client, by the environment that the project is for. */
export const PROJECTS: Readonly<Record<string, Project>> = {
  'Node, as ES module and as CommonJS': {
    compilerOptions: { ...STRICT, module: 'nodenext' },
    files: { 'module.mts': usage, 'commonjs.cts': usage, 'mistake.mts': mistake, 'mistake.cts': mistake },
  },
  'a bundler': {
    compilerOptions: { ...STRICT, module: 'esnext', moduleResolution: 'bundler' },
    files: { 'usage.ts': usage, 'mistake.ts': mistake },
  },
};

/** Returns the errors that a compiler must find in a project: two in each copy of `types/mistake.ts`, and no others. */
export function listExpectedErrors(project: Project): string[] {
  return Object.keys(project.files)
    .filter((file) => file.startsWith('mistake'))
    .toSorted()
    .flatMap((file) => [`${file}(6,14): error TS2322`, `${file}(7,41): error TS2345`]);
}
