import { createServer } from 'node:net';
import { parsePort } from '@firstofficer/common/command';
import { type Listening, listen } from '@firstofficer/common/listen';
import { Option } from 'commander';

/** The port of a service and the option that sets it. */
export interface ServicePort {
  /** The name of the option. Error messages contain it. */
  readonly option: string;
  /** The name of the service in the help text. */
  readonly service: string;
  /** The port without the option, unless another process uses it. */
  readonly defaultPort: number;
}

/** The ports of the services that `pnpm start` and `pnpm dev` start. */
export const MOCK_PORT: ServicePort = { option: '--mock-port', service: 'the mock', defaultPort: 4010 };
export const API_PORT: ServicePort = { option: '--api-port', service: 'the API', defaultPort: 3000 };
export const DOCS_PORT: ServicePort = { option: '--docs-port', service: 'the docs', defaultPort: 8080 };

/**
 * Creates the option that sets the port of a service.
 *
 * @example
 * command.addOption(createPortOption(MOCK_PORT));
 */
export function createPortOption({ option, service, defaultPort }: ServicePort): Option {
  return new Option(
    `${option} <number>`,
    `port of ${service}; 0 selects a free one (default: ${defaultPort}, or a free one if it is in use)`,
  ).argParser(parsePort);
}

/** The port of a service and the value of its option. */
export interface PortChoice extends ServicePort {
  /** Undefined selects the default port, and 0 a free one. */
  readonly requested: number | undefined;
}

/** A service that listens. */
export interface Started<Service> {
  readonly service: Service;
  readonly url: string;
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
 * const { url } = await startOnPort((port) => startMock({ port }), { ...MOCK_PORT, requested: undefined });
 */
export async function startOnPort<Service extends { readonly url: string }>(
  start: (port: number) => Promise<Service>,
  { option, requested, defaultPort }: PortChoice,
): Promise<Started<Service>> {
  try {
    const service = await start(requested ?? defaultPort);
    return { service, url: service.url };
  } catch (error) {
    const reason = REASONS[(error as NodeJS.ErrnoException).code ?? ''];
    if (reason === undefined) throw error;
    if (requested !== undefined)
      throw new Error(`port ${requested} ${reason}. Leave out ${option}, or pass another port (0 selects a free one).`);
    const service = await start(0);
    return { service, url: service.url, taken: defaultPort };
  }
}

/**
 * Checks that all requested ports can be used, so that a command fails before its first service starts.
 *
 * @throws Error that names the option to change.
 * @example
 * await checkPorts([{ ...MOCK_PORT, requested: 4010 }]);
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
