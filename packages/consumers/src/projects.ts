import { readFile } from 'node:fs/promises';
import type { Project } from './compiler.ts';

/** The options of a strict project that believes nothing unchecked. */
export const STRICT = {
  strict: true,
  skipLibCheck: false,
  // TypeScript need not check its own library each time.
  skipDefaultLibCheck: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  target: 'es2022',
  types: [],
};

const source = (name: string) => readFile(new URL(`../types/${name}.ts`, import.meta.url), 'utf8');
const usage = await source('usage');
const mistake = await source('mistake');

/** Projects that use the client correctly, and once incorrectly, by what they are for. */
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

/** The errors that a compiler must find in a project, wherever it has the file with the mistakes, and no other. */
export function expectedErrors(project: Project): string[] {
  return Object.keys(project.files)
    .filter((file) => file.startsWith('mistake'))
    .toSorted()
    .flatMap((file) => [`${file}(6,14): error TS2322`, `${file}(7,41): error TS2345`]);
}
