/** What the benchmark tells a compared server. */
export interface ServerSettings {
  readonly database: { readonly file: string } | { readonly url: string };
  /** The secret that keys are hashed with. */
  readonly secret: string;
  /** The response body that the server without a database sends. */
  readonly body: string;
}

const VARIABLE = 'BENCH_SERVER';

/** Returns the environment variables for a compared server. */
export function formatSettings(settings: ServerSettings): Record<string, string> {
  return { [VARIABLE]: JSON.stringify(settings) };
}

/** Reads the settings in a compared server. */
export function readSettings(): ServerSettings {
  return JSON.parse(process.env[VARIABLE] ?? '') as ServerSettings;
}
