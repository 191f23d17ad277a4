import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A project of the consumer's: its options, and the text of its files by their names. */
export interface Project {
  readonly compilerOptions: Readonly<Record<string, unknown>>;
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Compiles a project in the consumer's folder with the TypeScript in another folder, and returns the file, line, column
 * and number of each error.
 */
export async function diagnose(typescript: string, project: Project, consumer: string): Promise<string[]> {
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
  const output = await outputOf([join(typescript, bin.tsc), '--pretty', 'false'], folder);
  // A failure that is no error of the project's, such as an option it does not know, is to be seen as well.
  const lines = output.split('\n').filter((line) => line !== '' && !line.startsWith(' '));
  return lines.map((line) => /^.*error TS\d+(?=:)/.exec(line)?.[0] ?? line).toSorted();
}

// It ends with an error wherever it finds one: what it prints says more.
function outputOf(args: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd }, (_, stdout, stderr) => resolve(stdout + stderr));
  });
}
