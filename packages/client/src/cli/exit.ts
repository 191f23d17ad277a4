import { EXIT as COMMON_EXIT, UsageError } from '@firstofficer/common/command';
import { isFirstOfficerError } from '../error.ts';
import { escapeForTerminal } from './escape.ts';

/** The exit codes of all commands. */
export const EXIT = {
  ...COMMON_EXIT,
  notFound: 3,
  unauthorized: 4,
  /** The API is unavailable or cannot be reached. The same command may succeed later. */
  unavailable: 5,
  /** Some of the identifiers of a file failed. */
  partlyFailed: 6,
  /** Ctrl-C, as shells report it. */
  interrupted: 130,
} as const;

export const EXIT_CODES_HELP =
  '\nExit codes: 0 success, 1 any other error, 2 wrong usage, 3 not found, 4 unauthorized (check the API key),\n' +
  '5 unavailable (the API or the network; try again later), 6 some identifiers of --file failed, 130 Ctrl-C.';

const EXIT_CODES: Readonly<Record<string, number>> = {
  invalid_argument: EXIT.usage,
  not_found: EXIT.notFound,
  unauthorized: EXIT.unauthorized,
  unavailable: EXIT.unavailable,
  rate_limited: EXIT.unavailable,
  network: EXIT.unavailable,
  timeout: EXIT.unavailable,
};

/** Returns the exit code of an error. */
export function getExitCode(error: unknown): number {
  if (error instanceof UsageError) return EXIT.usage;
  if (isAbortError(error)) return EXIT.interrupted;
  if (!isFirstOfficerError(error)) return EXIT.failed;
  // Gateways answer with 502 and 504 while the API restarts.
  return EXIT_CODES[error.code] ?? (Number(error.status) >= 500 ? EXIT.unavailable : EXIT.failed);
}

/** Returns whether an error is that Ctrl-C ended a call, or reading the input. */
function isAbortError(error: unknown): boolean {
  return isFirstOfficerError(error) ? error.code === 'aborted' : error instanceof Error && error.name === 'AbortError';
}

/** The names that users know the options of the client by. */
const OPTION_NAMES: Readonly<Record<string, string>> = {
  baseUrl: '--url (or FIRSTOFFICER_URL)',
  token: 'the API key in FIRSTOFFICER_TOKEN (or --token)',
  timeout: '--time-limit',
  maxRetries: '--max-retries',
};

/** Returns the message of an error for people: what is wrong and what to do. */
export function formatError(error: unknown): string {
  if (isAbortError(error)) return 'interrupted.';
  if (!isFirstOfficerError(error)) return escapeForTerminal(error instanceof Error ? error.message : String(error));
  const { code, message, param = '', requestId, retryAfter } = error;
  const name = code === 'invalid_argument' ? OPTION_NAMES[param] : undefined;
  const hints = [
    name && message.startsWith(param) ? name + message.slice(param.length) : message,
    code === 'http' && 'Check --url.',
    code === 'network' && 'Check the network and --url.',
    code === 'unauthorized' && 'Check the API key in FIRSTOFFICER_TOKEN.',
    retryAfter !== undefined && `Try again in ${Math.ceil(retryAfter)} seconds.`,
    requestId !== undefined && `Request ID: ${requestId}.`,
  ];
  return escapeForTerminal(hints.filter(Boolean).join(' '));
}
