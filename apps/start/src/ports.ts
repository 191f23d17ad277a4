import { once } from 'node:events';
import { createServer } from 'node:net';

/** Which port a service gets. */
export interface PortChoice {
  /** The option that sets the port, for messages. */
  readonly option: string;
  /** The value of the option; 0 takes a free port. */
  readonly asked: number | undefined;
  /** The port without the option, if it is free. */
  readonly usual: number;
}

/** A service that listens. */
export interface Started<Service> {
  readonly service: Service;
  /** The usual port, if it was taken and the service has another one. */
  readonly taken?: number;
}

/** Why a service cannot listen, by the code of the system. */
const REASONS: Readonly<Record<string, string>> = { EADDRINUSE: 'is taken', EACCES: 'needs more permissions' };

/**
 * Starts a service on the port that was asked for. Without one, it starts the service on its usual port, or on a free
 * one if that is taken.
 *
 * @throws Error that says which option to change if the port that was asked for cannot be used.
 * @example
 * const { service } = await startOnPort((port) => startMock({ port }), { option: '--mock-port', asked, usual: 4010 });
 */
export async function startOnPort<Service>(
  start: (port: number) => Promise<Service>,
  { option, asked, usual }: PortChoice,
): Promise<Started<Service>> {
  try {
    return { service: await start(asked ?? usual) };
  } catch (error) {
    const reason = REASONS[(error as NodeJS.ErrnoException).code ?? ''];
    if (reason === undefined) throw error;
    if (asked === undefined) return { service: await start(0), taken: usual };
    throw new Error(`port ${asked} ${reason}. Leave out ${option}, or pass another port (0 takes a free one).`);
  }
}

/**
 * Checks that the ports that were asked for can be used, so that a port of the last service is not found to be taken
 * only after all others were started.
 *
 * @throws Error that says which option to change.
 * @example
 * await checkPorts([{ option: '--mock-port', asked: 4010, usual: 4010 }]);
 */
export async function checkPorts(choices: readonly PortChoice[]): Promise<void> {
  const servers = [];
  try {
    for (const choice of choices) {
      if (choice.asked) servers.push((await startOnPort(listen, choice)).service);
    }
  } finally {
    await Promise.all(servers.map((server) => once(server.close(), 'close')));
  }
}

async function listen(port: number) {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
