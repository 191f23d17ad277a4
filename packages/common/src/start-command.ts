import { readFileSync } from 'node:fs';

/**
 * Starts a command, if this version of Node can run it. Otherwise prints which version the command needs, and sets the
 * exit code 2.
 *
 * The module of the command is only loaded in a version of Node that it supports, so it may use syntax and imports that
 * older versions do not have. The file in the folder `bin` and this module run in Node 16 and later.
 *
 * @param manifest - The `package.json` of the command. Its `engines` have the form `>=24.18`.
 * @param load - Imports the module of the command.
 * @example
 * await startCommand(new URL('../package.json', import.meta.url), () => import('../dist/cli.js'));
 */
export async function startCommand(manifest: URL, load: () => Promise<unknown>): Promise<void> {
  const { bin, engines } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    bin: Record<string, string>;
    engines: { node: string };
  };
  const needed = engines.node.replace('>=', '');
  if (isAtLeast(process.versions.node, needed)) {
    await load();
    return;
  }
  const [name] = Object.keys(bin);
  console.error(
    `${name}: Node ${process.versions.node} is too old: install Node ${needed} or later from https://nodejs.org.`,
  );
  process.exitCode = 2;
}

/** Returns whether a version is the same as another one or later. Missing numbers count as 0. */
function isAtLeast(version: string, other: string): boolean {
  const numbers = version.split('.').map(Number);
  const others = other.split('.').map(Number);
  const difference = [0, 1, 2]
    .map((index) => (numbers[index] || 0) - (others[index] || 0))
    .find((value) => value !== 0);
  return difference === undefined || difference > 0;
}
