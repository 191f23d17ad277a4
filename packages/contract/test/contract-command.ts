import { execFile, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const { PATH, NODE_COMPILE_CACHE } = process.env;
const CLI = fileURLToPath(new URL('../src/cli.ts', import.meta.url));

/** The result of running the command. */
interface Run {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** Runs the command from source with only the given environment variables. */
export function contract(options: readonly string[], environment: Record<string, string> = {}): Promise<Run> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [...CLI_ARGUMENTS, ...options],
      { env: createEnvironment(environment) },
      (error, output, errors) => {
        resolve({ code: error ? Number(error.code) : 0, output, errors });
      },
    );
  });
}

/** Starts a command that does not end by itself. */
export function startContract(options: readonly string[]) {
  return spawn(process.execPath, [...CLI_ARGUMENTS, ...options], {
    env: createEnvironment({}),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** The arguments of Node that run the command from source. */
export const CLI_ARGUMENTS = ['--conditions=@firstofficer/source', CLI];

/** Returns the environment for the command: of this process, only what Node needs. */
export function createEnvironment(environment: Record<string, string>): NodeJS.ProcessEnv {
  return { PATH, NODE_COMPILE_CACHE, NO_COLOR: '1', ...environment };
}
