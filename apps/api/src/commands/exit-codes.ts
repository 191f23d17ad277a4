/** How a command ended. */
export const EXIT = {
  /** Refused: a line of an import, an account or a key that does not exist. */
  failed: 1,
  usage: 2,
  /** The database cannot be used. */
  database: 3,
  /** The server cannot listen. */
  listen: 4,
} as const;

export const EXIT_CODES_HELP =
  '\nExit codes: 0 done, 1 failed (a line of an import; no such account, key or file), 2 wrong usage,\n' +
  '3 the database cannot be used (unreachable, locked, newer, another secret), 4 cannot listen (port, address, TLS).';
