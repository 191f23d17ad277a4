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
 * @param project - What to compile.
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
  // Lines without a position, such as an error about an unknown compiler option, are returned as they are.
  const lines = output.split('\n').filter((line) => line !== '' && !line.startsWith(' '));
  return lines.map((line) => /^.*error TS\d+(?=:)/.exec(line)?.[0] ?? line).toSorted();
}

/** Runs Node and returns its output. The exit code is ignored: tsc exits with 1 if it finds type errors. */
function runNode(args: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd }, (_, stdout, stderr) => resolve(stdout + stderr));
  });
}
