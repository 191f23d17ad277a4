/** The exit codes of all commands. */
export const EXIT = {
  /** The command failed: an invalid line in an import, or an account, key or file that does not exist. */
  failed: 1,
  usage: 2,
  /** The database cannot be used. */
  database: 3,
  /** The server cannot listen. */
  listen: 4,
} as const;

export const EXIT_CODES_HELP =
  '\nExit codes: 0 success, 1 failure (invalid line in an import; unknown account, key or file), 2 wrong usage,\n' +
  '3 database cannot be used (unreachable, locked, newer version, other secret), 4 cannot listen (port, address, TLS).';
