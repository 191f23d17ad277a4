import { readFileSync } from 'node:fs';
import { type ConnectionOptions, createSecureContext } from 'node:tls';
import type { ClientConfig } from 'pg';
import { DatabaseError } from './errors.ts';

/** A PostgreSQL database and the servers that have it. */
export interface PostgresTarget {
  /** The servers, in the order in which to try them. */
  readonly servers: readonly PostgresServer[];
  /** Which of the servers to use: `target_session_attrs` of the URL. */
  readonly sessions: SessionKind;
  /** Whether the servers are poolers, which share connections: `pgbouncer=true` in the URL. */
  readonly isPooler: boolean;
  /** Timeout for a connection: `connect_timeout` of the URL. */
  readonly connectMs?: number;
}

/** Options of the driver for a connection to one server. Without an option, the driver reads variables such as `PGUSER`. */
export type PostgresServer = Pick<ClientConfig, 'host' | 'port' | 'user' | 'password' | 'database'> & {
  /** The ways to connect, in the order in which to try them. `false` is without TLS. */
  readonly tls: readonly (ConnectionOptions | false | undefined)[];
  /** Other parameters of the URL. */
  readonly parameters: Readonly<Record<string, string>>;
};

const SESSION_KINDS = ['any', 'read-write', 'read-only', 'primary', 'standby', 'prefer-standby'] as const;

/** Which sessions are accepted, as libpq defines it. */
export type SessionKind = (typeof SESSION_KINDS)[number];

// `no-verify` is not a mode of libpq, but of the driver.
const TLS_MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'] as const;

/** Parameters that the driver knows by the same name. */
const DRIVER_PARAMETERS = ['application_name', 'fallback_application_name', 'options', 'sslnegotiation'];

/** Parameters that would select another server or password. Ignoring them would connect to a wrong server. */
const UNSUPPORTED_PARAMETERS = ['hostaddr', 'service', 'servicefile', 'passfile'];

// As libpq does it, the user and password end at the first @ before the first /. They end at the last one if no ? is between
// them, so that a password may contain an @.
const URL_PARTS = /^postgres(?:ql)?:\/\/(?:([^/?]*|[^/]*?)@)?([^/?]*)(?:\/([^?]*))?(?:\?(.*))?$/s;
const HOST_AND_PORT = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::(\d*))?$/;
const MAX_PORT = 65_535;

/**
 * Parses a URL of PostgreSQL. It may name several servers and the folder of a socket, as in
 * `postgresql://user@db1:5432,db2:5432/customers` and `postgresql:///customers?host=/var/run/postgresql`.
 *
 * @throws DatabaseError if the URL is invalid. The message does not contain the URL.
 */
export function parsePostgresUrl(url: string): PostgresTarget {
  const [matched, credentials = '', servers = '', path = '', search = ''] = URL_PARTS.exec(url.trim()) ?? [];
  if (matched === undefined) throw buildError('It does not begin with postgresql://.');
  // The password would be taken for a host, a port and a database.
  if (path.includes('@')) {
    throw buildError('It has an @ after a /. Write %2F for a / in the password, and %40 for an @ in the database.');
  }
  const parameters = parseParameters(search);
  for (const name of UNSUPPORTED_PARAMETERS) {
    if (parameters.has(name)) throw buildError(`The parameter ${name} is not supported.`);
  }
  const separator = credentials.includes(':') ? credentials.indexOf(':') : credentials.length;
  const named = servers === '' ? [] : servers.split(',').map(parseServer);
  const hosts = parameters.get('host')?.split(',') ?? named.map(({ host }) => host);
  const ports = parameters.get('port')?.split(',') ?? named.map(({ port }) => port);
  // Without a host, the driver uses its default.
  if (hosts.length === 0) hosts.push('');
  checkPorts(ports, hosts.length);
  const connectSeconds = parameters.get('connect_timeout');
  if (connectSeconds !== undefined && !/^\d{1,6}$/.test(connectSeconds)) {
    throw buildError('connect_timeout must be a number of seconds.');
  }
  const shared = {
    user: parameters.get('user') ?? decode(credentials.slice(0, separator)),
    password: parameters.get('password') ?? decode(credentials.slice(separator + 1)),
    database: parameters.get('dbname') ?? decode(path),
  };
  const tls = parseTls(parameters);
  return {
    servers: hosts.map((host, index) => ({
      ...omitEmpty({ host, port: Number(ports[index] ?? ports[0] ?? 0), ...shared }),
      // Sockets have no TLS.
      tls: host.startsWith('/') ? [false] : tls,
      parameters: Object.fromEntries([...parameters].filter(([name]) => DRIVER_PARAMETERS.includes(name))),
    })),
    sessions: parseChoice(parameters, 'target_session_attrs', SESSION_KINDS) ?? 'any',
    isPooler: parseChoice(parameters, 'pgbouncer', ['true', 'false']) === 'true',
    ...(connectSeconds !== undefined && { connectMs: Number(connectSeconds) * 1_000 }),
  };
}

/** Parses the parameters. Unlike in a form, a plus sign stands for itself. The last parameter with a name counts. */
function parseParameters(search: string): ReadonlyMap<string, string> {
  const pairs = search.split('&').map((pair): [string, string] => {
    const [name = '', ...value] = pair.split('=');
    return [decode(name), decode(value.join('='))];
  });
  return new Map(pairs);
}

function omitEmpty<T extends object>(options: T): Partial<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value)) as Partial<T>;
}

/** Returns the ways to connect that `sslmode` allows, as libpq defines it. */
function parseTls(parameters: ReadonlyMap<string, string>): PostgresServer['tls'] {
  const read = (name: string) => readParameterFile(parameters, name);
  const hasSystemRoots = parameters.get('sslrootcert') === 'system';
  const [ca, cert, key] = [hasSystemRoots ? undefined : read('sslrootcert'), read('sslcert'), read('sslkey')];
  const files = { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };
  checkFiles(files);
  const isAsked = hasSystemRoots || Object.keys(files).length > 0 || /^(true|1)$/.test(parameters.get('ssl') ?? '');
  const mode = parseChoice(parameters, 'sslmode', TLS_MODES) ?? (isAsked ? 'verify-full' : undefined);
  const encrypted = { ...files, rejectUnauthorized: false };
  const verified = { ...files, rejectUnauthorized: true };
  const withoutName = { ...verified, checkServerIdentity: () => undefined };
  switch (mode) {
    case undefined:
      return [undefined];
    case 'disable':
      return [false];
    case 'allow':
      return [false, encrypted];
    case 'prefer':
      return [encrypted, false];
    case 'no-verify':
      return [encrypted];
    case 'require':
      return [ca ? withoutName : encrypted];
    case 'verify-ca':
      if (!ca) throw buildError('sslmode=verify-ca needs sslrootcert, the file of a certificate authority.');
      return [withoutName];
    case 'verify-full':
      return [verified];
  }
}

/** Throws if a file is invalid. The driver would throw while it connects, and leave the connection open. */
function checkFiles(files: Pick<ConnectionOptions, 'ca' | 'cert' | 'key'>): void {
  try {
    createSecureContext(files);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw buildError(`A file of sslrootcert, sslcert or sslkey is not a certificate or a key in PEM format (${code}).`);
  }
}

function readParameterFile(parameters: ReadonlyMap<string, string>, name: string): string | undefined {
  const file = parameters.get(name);
  if (!file) return undefined;
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw buildError(`The file of ${name} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}

function parseServer(text: string): { readonly host: string; readonly port: string } {
  const [matched, address, host = '', port = ''] = HOST_AND_PORT.exec(text) ?? [];
  if (matched === undefined) throw buildError('A host or its port is invalid.');
  return { host: address ?? decode(host), port };
}

function checkPorts(ports: readonly string[], hosts: number): void {
  if (ports.length > 1 && ports.length !== hosts) {
    throw buildError(`It has ${hosts} hosts, but ${ports.length} ports. Name one port for all hosts or one for each.`);
  }
  const isValid = (port: string) => port === '' || (/^[1-9]\d*$/.test(port) && Number(port) <= MAX_PORT);
  if (!ports.every(isValid)) throw buildError(`A port must be a number from 1 to ${MAX_PORT}.`);
}

/** Returns the value of a parameter that allows only certain values. */
function parseChoice<T extends string>(
  parameters: ReadonlyMap<string, string>,
  name: string,
  choices: readonly T[],
): T | undefined {
  const value = parameters.get(name);
  const choice = choices.find((known) => known === value);
  if (value !== undefined && !choice) throw buildError(`${name} must be one of: ${choices.join(', ')}.`);
  return choice;
}

/** Decodes percent-encoded characters. A percent sign that begins none stands for itself. */
function decode(text: string): string {
  try {
    return text.replace(/(?:%[0-9a-f]{2})+/gi, decodeURIComponent);
  } catch {
    throw buildError('Its percent-encoded characters are not UTF-8.');
  }
}

function buildError(reason: string): DatabaseError {
  return new DatabaseError(
    'setting',
    `DATABASE_URL is invalid. ${reason} Set it to a URL such as postgresql://user:password@host:5432/database.`,
  );
}
