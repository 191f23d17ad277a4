// Generated from packages/client/package.json by `pnpm generate`. Do not edit.

/** The version of the package. */
export const VERSION = '0.1.0';
