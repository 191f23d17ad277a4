import { fileURLToPath } from 'node:url';
import type { Sources } from '../../src/site/content.ts';
import { startInBackground } from '../guides/background.ts';

const DEV = fileURLToPath(new URL('../../src/dev.ts', import.meta.url));

/** A `pnpm dev` process on a free port. */
export interface DevServer extends AsyncDisposable {
  readonly url: string;
}

export function devArguments(sources: Partial<Sources>, port: number): string[] {
  const options = Object.entries(sources).flatMap(([name, value]) => [`--${name}`, value]);
  return ['--conditions=@firstofficer/source', DEV, '--port', String(port), ...options];
}

export async function startDevServer(sources: Sources, port = 0): Promise<DevServer> {
  const server = startInBackground(process.execPath, {
    args: devArguments(sources, port),
    cwd: process.cwd(),
    env: process.env,
  });
  try {
    const [, url = ''] = /are on (\S+) /.exec(await server.printed('Ctrl-C to stop.')) ?? [];
    return { url, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
  } catch (error) {
    await server[Symbol.asyncDispose]();
    throw error;
  }
}
