import type { ResponseHead } from './fetch.ts';
import type { OnDeprecation } from './options.ts';

/** What is deprecated in words, and the location and the name of the parameter if it is not the whole operation. */
export type DeprecationText = readonly [text: string, location?: string, parameter?: string];

/** A call that got a response. */
interface AnsweredCall {
  /** The method and the path template. */
  readonly name: string;
  /** The parameters by location. The names of headers are in lowercase. */
  readonly sent: Readonly<Record<string, unknown>>;
  readonly response: ResponseHead;
}

// Symbol.for returns the same symbol in every copy of the package.
const WARNED = Symbol.for('@firstofficer/client/deprecated');

interface Global {
  /** What this process has already warned of. */
  [WARNED]?: Set<string>;
  readonly process?: { emitWarning?(...warning: string[]): void };
}

/**
 * Warns, once in a process, of an operation and of parameters that are deprecated. A warning that fails does not fail the
 * call.
 *
 * @param known - What is deprecated according to the description. A server may know more, because it is newer.
 */
export async function warnOfDeprecations(
  { name, sent, response }: AnsweredCall,
  known: readonly DeprecationText[] = [],
  onDeprecation: OnDeprecation = emitWarning,
): Promise<void> {
  try {
    const global = globalThis as Global;
    const warned = global[WARNED] ?? new Set();
    global[WARNED] = warned;
    for (const [text, location = '', parameter = ''] of [...known, ...readHeaders(response)]) {
      const isUsed = !location || Object(sent[location])[parameter] != null;
      if (isUsed && warned.size < warned.add(name + location + parameter).size) await onDeprecation(`${name}: ${text}`);
    }
  } catch {
    // An error of `onDeprecation` is not an error of the call.
  }
}

/** Reads `Deprecation` (RFC 9745), which is @ and the seconds since 1970, and `Sunset` (RFC 8594), which is an HTTP date. */
function readHeaders({ headers }: ResponseHead): DeprecationText[] {
  const since = headers.get('Deprecation');
  if (!since) return [];
  const dates =
    formatDate(' since ', Number(since.slice(1)) * 1000) + formatDate(', removed on ', headers.get('Sunset'));
  return [[`deprecated${dates}.`]];
}

/** Returns the day of a date in UTC, after other words. Returns an empty text if there is no valid date. */
function formatDate(words: string, date: number | string | null): string {
  const day = new Date(date ?? '').toJSON() as string | null;
  return day ? words + day.slice(0, 10) : '';
}

function emitWarning(message: string): void {
  // Browsers have no `process`. They print the type and the code after the message.
  const emit = (globalThis as Global).process?.emitWarning ?? console.warn;
  emit(message, 'DeprecationWarning', 'FIRSTOFFICER_DEPRECATED');
}
