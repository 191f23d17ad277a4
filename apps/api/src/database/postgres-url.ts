import { DatabaseError } from './errors.ts';

/** A PostgreSQL database and the servers that have it. */
export interface PostgresTarget {
  /** The URLs of the servers in the format of the driver, in the order in which to try them. */
  readonly urls: readonly string[];
  /** Which of the servers to use: `target_session_attrs` of the URL. */
  readonly sessions: SessionKind;
  /** Whether the servers are poolers, which share connections: `pgbouncer=true` in the URL. */
  readonly isPooler: boolean;
  /** Timeout for a connection: `connect_timeout` of the URL. */
  readonly connectMs?: number;
}

const SESSION_KINDS = ['any', 'read-write', 'read-only', 'primary', 'standby', 'prefer-standby'] as const;

/** Which sessions are accepted, as libpq defines it. */
export type SessionKind = (typeof SESSION_KINDS)[number];

// The user and password end at the last @ before the path, so that a password may contain an @.
const URL_PARTS = /^postgres(?:ql)?:\/\/(?:([^/?]*)@)?([^/?]*)(?:\/([^?]*))?(?:\?(.*))?$/s;
const HOST_AND_PORT = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::(\d*))?$/;
const MAX_PORT = 65_535;

/**
 * Parses a URL of PostgreSQL. It may name several servers and the folder of a socket, as in
 * `postgresql://user@db1:5432,db2:5432/customers` and `postgresql:///customers?host=/var/run/postgresql`.
 *
 * @throws DatabaseError if the URL is invalid. The message does not contain the URL.
 */
export function parsePostgresUrl(url: string): PostgresTarget {
  const [matched, credentials = '', servers = '', path = '', search = ''] = URL_PARTS.exec(url) ?? [];
  if (matched === undefined) throw buildError('It does not begin with postgresql://.');
  const parameters = new URLSearchParams(search);
  const take = (name: string) => {
    const value = parameters.get(name);
    parameters.delete(name);
    return value ?? undefined;
  };
  const separator = credentials.includes(':') ? credentials.indexOf(':') : credentials.length;
  const named = servers === '' ? [] : servers.split(',').map(parseServer);
  const hosts = take('host')?.split(',') ?? named.map(({ host }) => host);
  const ports = take('port')?.split(',') ?? named.map(({ port }) => port);
  const user = take('user') ?? decode(credentials.slice(0, separator));
  const password = take('password') ?? decode(credentials.slice(separator + 1));
  const database = take('dbname') ?? decode(path);
  const sessions = take('target_session_attrs');
  const connectSeconds = take('connect_timeout');
  const isPooler = take('pgbouncer') === 'true';
  // Without a host, the driver uses its default.
  if (hosts.length === 0) hosts.push('');
  checkPorts(ports, hosts.length);
  if (connectSeconds !== undefined && !/^\d{1,6}$/.test(connectSeconds)) {
    throw buildError('connect_timeout must be a number of seconds.');
  }

  const formatUrl = (host: string, index: number) => {
    const all = new URLSearchParams(parameters);
    const port = ports[index] ?? ports[0] ?? '';
    for (const [name, value] of Object.entries({ host, port, user, password })) {
      if (value !== '') all.set(name, value);
    }
    return `postgresql:///${encodeURI(database).replace(/[?#]/g, encodeURIComponent)}?${all}`;
  };
  return {
    urls: hosts.map(formatUrl),
    sessions: parseSessionKind(sessions),
    isPooler,
    ...(connectSeconds !== undefined && { connectMs: Number(connectSeconds) * 1_000 }),
  };
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

function parseSessionKind(value = 'any'): SessionKind {
  const kind = SESSION_KINDS.find((known) => known === value);
  if (!kind) throw buildError(`target_session_attrs must be one of: ${SESSION_KINDS.join(', ')}.`);
  return kind;
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
