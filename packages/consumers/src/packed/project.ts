import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { runPnpm } from '@firstofficer/on-demand';
import { type CommandResult, runCommand } from '@firstofficer/testing/run-command';
import { type EntryPoint, type PackedPackage, readManifest } from './packages.ts';

/** The package managers that install the packages. */
export const MANAGERS = ['npm', 'pnpm'] as const;
export type Manager = (typeof MANAGERS)[number];

/** Creates an empty project outside the workspace. It gets packages of the scope `@firstofficer` from a registry. */
export async function createProject(folder: string, registry: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, '.npmrc'), `@firstofficer:registry=${registry}\n`);
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'project', private: true, type: 'module' }));
  return folder;
}

// With pnpm, packages can by default also import what other packages depend on. Only Prism needs that: it does not
// declare all packages of its own scope.
const HOIST_PATTERN = 'hoistPattern: ["@stoplight/*"]\n';

/** Returns the settings of pnpm that the README of the mock asks for. Without them, pnpm does not install the mock. */
async function readPnpmSettings(): Promise<string> {
  const readme = await readFile(join(import.meta.dirname, '../../../mock/README.md'), 'utf8');
  const [, settings] = /```yaml\n(allowBuilds:.*?)```/s.exec(readme) ?? [];
  if (settings === undefined) throw new Error('packages/mock/README.md has no settings for pnpm.');
  return settings;
}

/** Installs packages in a project, with their peer dependencies in the versions that the workspace has. */
export async function installPackages(
  folder: string,
  manager: Manager,
  packages: readonly PackedPackage[],
): Promise<void> {
  const types = await readManifest(join(import.meta.dirname, '../../node_modules/@types/node'));
  const dependencies = [
    `@types/node@${types.version}`,
    ...packages.map(({ manifest: { name, version } }) => `${name}@${version}`),
    ...packages.flatMap(({ peers }) => Object.entries(peers).map(([name, version]) => `${name}@${version}`)),
  ];
  if (manager === 'npm') {
    await promisify(execFile)('npm', ['install', '--no-audit', '--no-fund', ...dependencies], { cwd: folder });
  } else {
    await writeFile(join(folder, 'pnpm-workspace.yaml'), HOIST_PATTERN + (await readPnpmSettings()));
    await runPnpm(['add', ...dependencies], folder);
  }
}

/** A program that runs in a project until it ends. */
export interface Execution {
  readonly project: string;
  /** The path of the program, or the name of an installed command. */
  readonly command: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** Returns the environment of a program: commands of the project run in a version of Node. */
export function createEnvironment(project: string, node = process.execPath): Record<string, string> {
  const bin = join(project, 'node_modules/.bin');
  return {
    PATH: [dirname(node), bin, process.env.PATH].join(delimiter),
    HOME: project,
    TMPDIR: project,
  };
}

/** Runs a program in a project and returns its output and its exit code. */
export function runInProject({ project, command, args = [], env = {}, signal }: Execution): Promise<CommandResult> {
  return runCommand(command, args, { cwd: project, env: { ...createEnvironment(project), ...env }, signal });
}

/** Writes a program that imports entry points in every form that they support, and prints the errors. */
export async function writeImports(project: string): Promise<string> {
  const file = 'imports.mjs';
  await writeFile(
    join(project, file),
    `import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const errors = [];
for (const { specifier, isCommonJs } of JSON.parse(process.argv[2])) {
  try {
    if (/\\.ya?ml$/.test(specifier)) {
      if (!existsSync(fileURLToPath(import.meta.resolve(specifier)))) throw new Error('the file is missing');
    } else if (specifier.endsWith('.json')) await import(specifier, { with: { type: 'json' } });
    else await import(specifier);
    if (isCommonJs) require(specifier);
  } catch (error) {
    errors.push(\`\${specifier}: \${error.message}\`);
  }
}
console.log(JSON.stringify(errors));
`,
  );
  return file;
}

/** Returns the text of a program that uses the types of entry points. */
export function formatTypes(entryPoints: readonly EntryPoint[]): string {
  return entryPoints
    .filter(({ hasTypes }) => hasTypes)
    .map(({ specifier }, index) => {
      const attributes = specifier.endsWith('.json') ? " with { type: 'json' }" : '';
      const binding = specifier.endsWith('.json') ? `entry${index}` : `* as entry${index}`;
      return `import ${binding} from '${specifier}'${attributes};\nvoid entry${index};\n`;
    })
    .join('');
}

/** Returns the first program in the README of an installed package, or undefined if it has none. */
export async function readFirstExample(project: string, name: string): Promise<string | undefined> {
  const readme = await readFile(join(project, 'node_modules', name, 'README.md'), 'utf8');
  return /```(?:ts|js)\n(.*?)```/s.exec(readme)?.[1];
}
