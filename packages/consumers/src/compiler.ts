import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A TypeScript project: its compiler options, and the text of each file by name. */
export interface Project {
  readonly compilerOptions: Readonly<Record<string, unknown>>;
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Compiles a project in the consumer's folder, and returns the file, line, column and number of each error.
 *
 * @param typescript - The folder of the TypeScript package.
 * @param consumer - The consumer's folder.
 */
export async function findTypeErrors(typescript: string, project: Project, consumer: string): Promise<string[]> {
  const folder = await mkdtemp(join(consumer, 'types-'));
  for (const [name, text] of Object.entries(project.files)) await writeFile(join(folder, name), text);
  const { compilerOptions } = project;
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true }));
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, files: Object.keys(project.files) }),
  );

  const manifest = await readFile(join(typescript, 'package.json'), 'utf8');
  const { bin } = JSON.parse(manifest) as { bin: { tsc: string } };
  const output = await runNode([join(typescript, bin.tsc), '--pretty', 'false'], folder);
  // Returns lines without a position unchanged, such as an error about an unknown compiler option.
  const lines = output.split('\n').filter((line) => line !== '' && !line.startsWith(' '));
  return lines.map((line) => /^.*error TS\d+(?=:)/.exec(line)?.[0] ?? line).toSorted();
}

/** Runs Node and returns its output. The exit code is ignored: tsc exits with 1 if it finds type errors. */
function runNode(args: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd }, (_, stdout, stderr) => resolve(stdout + stderr));
  });
}

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

const BUNDLED = { ...STRICT, module: 'esnext', moduleResolution: 'bundler' };

/** Returns the text of a file in the folder `types`. */
export const readSource = (name: string) => readFile(new URL(`../types/${name}.ts`, import.meta.url), 'utf8');
const usage = await readSource('usage');
const mistake = await readSource('mistake');

/** Projects with correct and incorrect uses of the client, by the environment that the project is for. */
export const PROJECTS: Readonly<Record<string, Project>> = {
  'Node, as ES module and as CommonJS': {
    compilerOptions: { ...STRICT, module: 'nodenext' },
    files: { 'module.mts': usage, 'commonjs.cts': usage, 'mistake.mts': mistake, 'mistake.cts': mistake },
  },
  'a bundler': {
    compilerOptions: BUNDLED,
    files: { 'usage.ts': usage, 'mistake.ts': mistake },
  },
};

/** Projects that pass the `fetch` of an environment to the client. They need the packages of the workspace `toolchains`. */
export const FETCH_PROJECTS: Readonly<Record<string, Project>> = {
  'Node, undici and node-fetch': {
    compilerOptions: { ...STRICT, module: 'nodenext', types: ['node'] },
    files: { 'fetch.mts': await readSource('fetch/node') },
  },
  'Node without the types of browsers': {
    compilerOptions: { ...STRICT, module: 'nodenext', lib: ['es2022'], types: ['node'] },
    files: { 'fetch.mts': await readSource('fetch/node') },
  },
  'Cloudflare Workers': {
    compilerOptions: { ...BUNDLED, lib: ['es2022'], types: ['@cloudflare/workers-types'] },
    files: { 'fetch.ts': await readSource('fetch/workers') },
  },
  'React Native and Expo': {
    // As in the configuration of React Native. Its globals lack members that declaration files refer to.
    compilerOptions: { ...BUNDLED, lib: ['es2022'], skipLibCheck: true },
    files: {
      'fetch.ts': await readSource('fetch/react-native'),
      'globals.d.ts': await readSource('fetch/react-native.d'),
    },
  },
};

/** Returns the errors that a compiler must find in a project: two in each copy of `types/mistake.ts`, and no others. */
export function listExpectedErrors(project: Project): string[] {
  return Object.keys(project.files)
    .filter((file) => file.startsWith('mistake'))
    .toSorted()
    .flatMap((file) => [`${file}(6,14): error TS2322`, `${file}(7,41): error TS2345`]);
}
