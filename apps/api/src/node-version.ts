import { readFileSync } from 'node:fs';

/**
 * Checks that a version of Node can run this package. An older one would crash without a message in the native code of
 * the database.
 *
 * @returns An error message, or undefined if the version is supported.
 */
export function checkNodeVersion(version: string): string | undefined {
  const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    engines: { node: string };
  };
  const needed = engines.node.replace('>=', '');
  const isSupported = needed.localeCompare(version, 'en', { numeric: true }) <= 0;
  return isSupported ? undefined : `Node ${needed} or later is required, but this is ${version}.`;
}
