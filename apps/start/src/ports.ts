import { createServer } from 'node:net';
import { listen } from '@firstofficer/common/listen';

/** The ports that a service can have. */
export interface PortChoice {
  /** The name of the option that sets the port. Error messages contain it. */
  readonly option: string;
  /** The value of the option. 0 selects a free port. */
  readonly requested: number | undefined;
  /** The port without the option, unless another process uses it. */
  readonly defaultPort: number;
}

/** A service that listens. */
export interface Started<Service> {
  readonly service: Service;
  /** The default port, if it was taken and the service listens on a free port instead. */
  readonly taken?: number;
}

/** Why a service cannot listen, by system error code. */
const REASONS: Readonly<Record<string, string>> = { EADDRINUSE: 'is taken', EACCES: 'needs more permissions' };

/**
 * Starts a service on the requested port. If no port was requested, starts it on the default port, or on a free one if
 * the default port is taken.
 *
 * @throws Error that names the option to change if the requested port cannot be used.
 * @example
 * const { service } = await startOnPort((port) => startMock({ port }), { option: '--mock-port', asked, defaultPort: 4010 });
 */
export async function startOnPort<Service>(
  start: (port: number) => Promise<Service>,
  { option, requested, defaultPort }: PortChoice,
): Promise<Started<Service>> {
  try {
    return { service: await start(requested ?? defaultPort) };
  } catch (error) {
    const reason = REASONS[(error as NodeJS.ErrnoException).code ?? ''];
    if (reason === undefined) throw error;
    if (requested === undefined) return { service: await start(0), taken: defaultPort };
    throw new Error(`port ${requested} ${reason}. Leave out ${option}, or pass another port (0 selects a free one).`);
  }
}

/**
 * Checks that all requested ports can be used, so that the start fails before the first service runs.
 *
 * @throws Error that names the option to change.
 * @example
 * await checkPorts([{ option: '--mock-port', requested: 4010, defaultPort: 4010 }]);
 */
export async function checkPorts(choices: readonly PortChoice[]): Promise<void> {
  const servers = [];
  try {
    for (const choice of choices) {
      if (!choice.requested) continue;
      servers.push((await startOnPort((port) => listen(createServer(), { port }), choice)).service);
    }
  } finally {
    await Promise.all(servers.map((server) => server.close()));
  }
}
