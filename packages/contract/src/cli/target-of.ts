import { isLoopback } from '../engine/subject.ts';
import type { Target } from '../target.ts';
import { UsageError } from '../usage-error.ts';
import type { Flags } from './options.ts';

/**
 * The server to test; undefined for a mock that is started for the run.
 *
 * @param tokenIsOwn - Whether the key was given for this run, rather than lying in the environment for any.
 * @throws UsageError that says what to give.
 */
export function targetOf({ url, token, insecure = false }: Partial<Flags>, tokenIsOwn: boolean): Target | undefined {
  if (url === undefined) {
    if (!tokenIsOwn) return undefined;
    throw new UsageError('--token goes with --url: the mock of a run brings its own key.');
  }
  const target = normalizeUrl(url);
  if (new URL(target).protocol === 'http:' && !isLoopback(target) && !insecure) {
    throw new UsageError('--url must be https, so that nobody on the way can read the key. --insecure allows http.');
  }
  if (token === undefined || token === '') return { url: target };
  if (!/^[\x21-\x7e]+$/.test(token) || /[:,"\\]/.test(token)) {
    throw new UsageError('the key must be printable ASCII without spaces, colons, commas, quotes or backslashes.');
  }
  return { url: target, token };
}

function normalizeUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new UsageError('--url must be an absolute http or https URL, such as https://api.firstofficer.io.');
  }
  if (url.username || url.password) {
    throw new UsageError('--url must not contain credentials: give the key with --token.');
  }
  if (/[?#]/.test(text)) throw new UsageError('--url must not have a query or a fragment.');
  return url.href.replace(/\/+$/, '');
}
