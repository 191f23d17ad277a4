import { isIP } from 'node:net';
import { EXIT as COMMON_EXIT, createCommand, UsageError } from '@firstofficer/common/command';
import { type Command, InvalidArgumentError, Option } from 'commander';
import ipaddr from 'ipaddr.js';
import type { DatabaseLocation } from '../database/open.ts';

/** The exit codes of all commands. */
export const EXIT = {
  ...COMMON_EXIT,
  /** The database cannot be used. */
  database: 3,
  /** The server cannot listen. */
  listen: 4,
} as const;

export const EXIT_CODES_HELP =
  '\nExit codes: 0 success, 1 failure (invalid line in an import, unknown account,\n' +
  'key or customer, unreadable file), 2 wrong usage, 3 database cannot be used\n' +
  '(unreachable, locked, newer version, different secret), 4 cannot listen (port,\n' +
  'address, TLS).';

/** The options of every command that uses the data. */
export interface DataFlags {
  readonly data: string;
}

export const dataOption = () => new Option('--data <dir>', 'data directory').default('./data');

export const jsonOption = () => new Option('--json', 'print one JSON value per line instead of a table');

/** Creates a command with the options of {@link DataFlags}. */
export function createDataCommand(name: string, description: string): Command {
  return createCommand(name).description(description).addOption(dataOption());
}

/** Returns the location of the data. The URLs come from the environment, because they contain passwords. */
export function getLocation({ data }: DataFlags, env = process.env): DatabaseLocation {
  const { DATABASE_URL: url, DATABASE_READ_URLS: readUrls } = env;
  return { directory: data, ...(url && { url }), ...(readUrls && { readUrls: splitUrls(readUrls) }) };
}

/** Splits a list at its end and before a URL. Other commas belong to a password or to a list of hosts. */
function splitUrls(list: string): string[] {
  const urls = list.split(/,(?=\s*(?:\w+:\/\/|$))/).map((url) => url.trim());
  return urls.filter((url) => url !== '');
}

/** Returns whether other machines can reach an address. Over plain HTTP, they could read the API keys. */
export function isPublicAddress(host: string): boolean {
  if (host === 'localhost') return false;
  return !ipaddr.isValid(host) || ipaddr.process(host).range() !== 'loopback';
}

/**
 * Returns the URL of `FIRSTOFFICER_STRIPE_URL`, or undefined if it is not set.
 *
 * @throws UsageError if it would send the key unencrypted over the network, or if no path can be added to it.
 */
export function findStripeUrl({ FIRSTOFFICER_STRIPE_URL: text }: NodeJS.ProcessEnv): string | undefined {
  if (!text) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && !isPublicAddress(url.hostname));
  if (!url || !isSafe || url.username || url.password || url.search || url.hash)
    throw new UsageError(
      'FIRSTOFFICER_STRIPE_URL must be an HTTPS URL, or an HTTP URL on this machine, without a password and a query. Remove it to use Stripe itself.',
    );
  return url.href.replace(/\/$/, '');
}

/** Parses a list of proxy addresses. Rejects an empty list, which would serve plain HTTP to every client. */
export function parseProxies(value: string): string {
  if (!value.split(',').every((proxy) => isNetwork(proxy.trim()))) {
    throw new InvalidArgumentError('It must be addresses such as 10.0.0.1 or 10.0.0.0/8, separated by commas.');
  }
  return value;
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

/** Parses origins of pages, separated by commas, and adds them to those of earlier options. */
export function parseOrigins(value: string, others: readonly string[] = []): string[] {
  const origins = value.split(',').map((origin) => origin.trim());
  for (const origin of origins) {
    const url = URL.parse(origin);
    if (url?.origin === origin && /^https?:$/.test(url.protocol)) continue;
    const hint = url && /^https?:$/.test(url.protocol) ? ` Did you mean ${url.origin}?` : '';
    throw new InvalidArgumentError(
      `It must be the origin of a page: the scheme, the host and the port if it is not the default one, such as https://docs.example.com or http://localhost:8080.${hint}`,
    );
  }
  return [...others, ...origins];
}

export function parseCount(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError('It must be an integer from 0 to 999999999.');
  return Number(value);
}

export function parseSeconds(value: string): number {
  if (!/^[1-9]\d{0,4}$/.test(value)) throw new InvalidArgumentError('It must be a number of seconds from 1 to 99999.');
  return Number(value);
}

export function parseId(value: string): number {
  if (!/^[1-9]\d{0,14}$/.test(value)) throw new InvalidArgumentError('It must be the ID of an account, such as 1.');
  return Number(value);
}

export function parseCustomerId(value: string): number {
  const id = Number(value);
  if (!/^\d{1,16}$/.test(value) || !Number.isSafeInteger(id))
    throw new InvalidArgumentError('It must be the FirstOfficer ID of a customer, such as 1.');
  return id;
}

export function parseName(value: string): string {
  if (value.trim() === '') throw new InvalidArgumentError('It must not be empty.');
  return value;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

/** Parses a day, which begins at 00:00 UTC, or a time with its offset. Returns milliseconds since 1970. */
export function parseTime(value: string): number {
  const time = findTime(value);
  if (time === undefined)
    throw new InvalidArgumentError(
      'It must be a day such as 2027-01-31, or a time with its offset from UTC, such as 2027-01-31T12:00Z.',
    );
  return time;
}

function findTime(value: string): number | undefined {
  const time = DAY.test(value) || TIME.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) return undefined;
  // Date.parse takes the 31st of a shorter month for a day of the next month.
  const day = value.slice(0, 10);
  return new Date(day).toISOString().startsWith(day) ? time : undefined;
}

const UTC_TIME = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:[.,]\d+)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/**
 * Parses a day, which begins at 00:00 UTC, or a time, which is UTC if it has no offset. Returns seconds since 1970, and
 * leaves out fractions of a second, because Stripe's times have none.
 */
export function parseUtcTime(value: string): number {
  const [, day = '', clock = '00:00', offset = 'Z'] = UTC_TIME.exec(value) ?? [];
  // Date.parse requires the minutes of an offset, and a colon before them.
  const [, hours = '', minutes = '00'] = /^([+-]\d{2}):?(\d{2})?$/.exec(offset) ?? [];
  const time = findTime(`${day}T${clock}${hours === '' ? 'Z' : `${hours}:${minutes}`}`);
  if (time === undefined)
    throw new InvalidArgumentError(
      'It must be a day such as 2026-01-31, or a time such as 2026-01-31T12:00:00Z or 2026-01-31T12:00:00+02:00.',
    );
  return time / 1000;
}

const MS_BY_UNIT = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 } as const;
const MAX_EXPIRY = Date.UTC(9999, 0, 1);

/** Parses the time at which a key expires: a duration from now, or a time. Returns milliseconds since 1970. */
export function parseExpiry(value: string): number {
  const time = parseDuration(value) ?? findTime(value);
  if (time === undefined)
    throw new InvalidArgumentError(
      'It must be a duration such as 90d, a day such as 2027-01-31, or a time with its offset from UTC, such as 2027-01-31T12:00Z.',
    );
  if (time <= Date.now()) throw new InvalidArgumentError('It is in the past. To end a key now, use: key revoke');
  if (time > MAX_EXPIRY)
    throw new InvalidArgumentError('It is too far in the future. For a key that does not expire, leave out --expires.');
  return time;
}

/** Returns the time that is a number of minutes, hours, days or weeks from now. */
function parseDuration(value: string): number | undefined {
  const [, count, unit] = /^([1-9]\d{0,6})([mhdw])$/.exec(value) ?? [];
  return unit === undefined ? undefined : Date.now() + Number(count) * MS_BY_UNIT[unit as keyof typeof MS_BY_UNIT];
}

/** Parses a number of requests per minute. */
export function parseLimit(value: string): number {
  if (!/^[1-9]\d{0,8}$/.test(value)) throw new InvalidArgumentError('It must be an integer from 1 to 999999999.');
  return Number(value);
}
