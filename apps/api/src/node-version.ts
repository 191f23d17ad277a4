import { readFileSync } from 'node:fs';

/**
 * Why a version of Node cannot run this package; undefined if it can. The database's native code ends an older one
 * without a word.
 */
export function checkNodeVersion(version: string): string | undefined {
  const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    engines: { node: string };
  };
  const needed = engines.node.replace('>=', '');
  const isSupported = needed.localeCompare(version, 'en', { numeric: true }) <= 0;
  return isSupported ? undefined : `Node ${needed} or later is needed; this is ${version}.`;
}
