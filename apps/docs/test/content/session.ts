import { chmod, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from '@firstofficer/common/listen';
import { ROOT } from '@firstofficer/testing/commands';
import type { Fence } from '../../src/content/guides.ts';
import { type Background, type ProgramResult, runProgram, startInBackground } from '../programs.ts';

// The port of the mock in the guides. It is replaced by a free port.
const PORT = '4010';

/** Runs the fences of a guide in sequence, in one project with one environment. */
export interface Session extends AsyncDisposable {
  /** Writes the code to the file that the fence names. */
  save(fence: Fence): Promise<void>;
  /** Runs the code and waits for its end. */
  run(fence: Fence, signal: AbortSignal): Promise<ProgramResult>;
  /** Starts the code in the background, waits until it has printed `text`, and returns its output. */
  runInBackground(fence: Fence, text: string): Promise<string>;
}

export async function startSession(environment: Readonly<Record<string, string>>): Promise<Session> {
  const folder = await createProject();
  const port = String(await findFreePort());
  const running: Background[] = [];
  await createPnpmCommand(folder);
  // npm reads its settings from HOME, and by default prints notices about new versions.
  let env: Record<string, string> = {
    ...environment,
    HOME: folder,
    PATH: `${folder}/bin:${process.env.PATH}`,
    NO_COLOR: '1',
    NPM_CONFIG_LOGLEVEL: 'error',
    NPM_CONFIG_UPDATE_NOTIFIER: 'false',
  };

  async function write({ source }: Fence, file: string): Promise<string> {
    const path = join(folder, file);
    await writeFile(path, `${source.replaceAll(PORT, port).replaceAll('/tmp/', `${folder}/`)}\n`);
    return path;
  }

  async function run(fence: Fence, signal: AbortSignal): Promise<ProgramResult> {
    const { program, extension } = LANGUAGES[fence.lang] ?? failToRun(fence);
    const path = await write(fence, `line-${fence.firstLine}.${extension}`);
    const variables = join(folder, 'environment');
    const args = program === 'sh' ? ['-ec', '. "$0"; env -0 >"$1"', path, variables] : [path];
    const result = await runProgram(program, { args, cwd: folder, env, signal });
    // Keep the exported variables for the next fences.
    if (program === 'sh' && result.code === 0) env = parseVariables(await readFile(variables, 'utf8'));
    return { ...result, stdout: result.stdout.replaceAll(port, PORT) };
  }

  async function runInBackground(fence: Fence, text: string): Promise<string> {
    const path = await write(fence, `line-${fence.firstLine}.sh`);
    const background = startInBackground('sh', { args: [path], cwd: folder, env });
    running.push(background);
    return (await background.waitForOutput(text.replaceAll(PORT, port))).replaceAll(port, PORT);
  }

  return {
    save: async (fence) => void (await write(fence, fence.options.save ?? failToRun(fence))),
    run,
    runInBackground,
    async [Symbol.asyncDispose]() {
      for (const background of running) await background[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}

/** The programs that run the languages of fences. */
export const LANGUAGES: Readonly<Record<string, { readonly program: string; readonly extension: string }>> = {
  sh: { program: 'sh', extension: 'sh' },
  ts: { program: 'node', extension: 'ts' },
  ruby: { program: 'ruby', extension: 'rb' },
  python: { program: 'python3', extension: 'py' },
};

function parseVariables(listing: string): Record<string, string> {
  return Object.fromEntries(
    listing.split('\0').flatMap((entry) => {
      const [, name, value] = /^([^=]+)=(.*)$/s.exec(entry) ?? [];
      return name === undefined || value === undefined ? [] : [[name, value]];
    }),
  );
}

function failToRun({ lang, firstLine }: Fence): never {
  throw new Error(`Line ${firstLine}: the tests cannot run ${lang || 'a fence without a language'}.`);
}

const WORKSPACE = join(import.meta.dirname, '../../node_modules');
export const PACKAGES = ['@firstofficer/client', '@firstofficer/contract', '@firstofficer/mock'];

/** Creates a project with the built packages and their commands, as after `npm install`. Returns its folder. */
async function createProject(): Promise<string> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'firstofficer-guide-'));
  const modules = join(folder, 'node_modules');
  await mkdir(join(modules, '@firstofficer'), { recursive: true });
  await mkdir(join(modules, '.bin'));
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  for (const name of PACKAGES) {
    await symlink(await realpath(join(WORKSPACE, name)), join(modules, name), 'dir');
    const { bin = {} } = await readManifest(name);
    for (const [command, file] of Object.entries(bin))
      await symlink(join('..', name, file), join(modules, '.bin', command));
  }
  return folder;
}

/** Creates an `npx` that runs the installed pnpm in this repository, as a reader runs pnpm in a clone. */
async function createPnpmCommand(folder: string): Promise<void> {
  const npx = join(folder, 'bin/npx');
  await mkdir(join(folder, 'bin'));
  await writeFile(
    npx,
    `#!/bin/sh
case "$2" in pnpm@*) shift 2; cd '${ROOT}'; HOME='${homedir()}' exec '${process.env.npm_execpath}' "$@" ;; esac
PATH='${process.env.PATH}' exec npx "$@"
`,
  );
  await chmod(npx, 0o700);
}

interface Manifest {
  readonly version: string;
  readonly private?: boolean;
  readonly bin?: Readonly<Record<string, string>>;
}

/** Returns the `package.json` of a workspace package. */
export async function readManifest(name: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(WORKSPACE, name, 'package.json'), 'utf8'));
}
