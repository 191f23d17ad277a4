import { createServer } from 'node:net';
import { parsePort } from '@firstofficer/common/command';
import { type Listening, listen } from '@firstofficer/common/listen';
import { Option } from 'commander';

/**
 * Creates the option that sets the port of a service.
 *
 * @example
 * command.addOption(createPortOption('--mock-port', 'the mock', 4010));
 */
export function createPortOption(flag: string, service: string, defaultPort: number): Option {
  return new Option(
    `${flag} <number>`,
    `port of ${service}; 0 selects a free one (default: ${defaultPort}, or a free one if it is in use)`,
  ).argParser(parsePort);
}

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
  /** The default port, if it was in use and the service listens on a free port instead. */
  readonly taken?: number;
}

/** Why a service cannot listen, by system error code. */
const REASONS: Readonly<Record<string, string>> = { EADDRINUSE: 'is in use', EACCES: 'needs more permissions' };

/**
 * Starts a service on the requested port. If no port was requested, starts it on the default port, or on a free one if
 * the default port is in use.
 *
 * @throws Error that names the option to change if the requested port cannot be used.
 * @example
 * const { service } = await startOnPort((port) => startMock({ port }), { option: '--mock-port', requested, defaultPort: 4010 });
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
  const servers: Listening[] = [];
  try {
    for (const choice of choices) {
      if (!choice.requested) continue;
      const { service } = await startOnPort((port) => listen(createServer(), { port }), choice);
      servers.push(service);
    }
  } finally {
    await Promise.all(servers.map(({ close }) => close()));
  }
}
