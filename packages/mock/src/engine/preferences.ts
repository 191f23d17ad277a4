import type { Operation } from '@firstofficer/openapi/browser';
import { ANSWER_MEMBERS, type Answer, findAnswerFaults, wholeNumber } from './answer.ts';

/** What a client asks for in the `Prefer` header. */
interface Preferences extends Answer {
  /** How many requests with this header fail before one gets the normal response. */
  readonly fail?: number;
}

/** The preferences of a header, or why they are invalid. */
type ParsedPreferences = { readonly preferences: Preferences } | { readonly error: string };

const FAIL = wholeNumber(0, 1000);

/** The members of {@link Preferences} by the name of the preference. A header value cannot carry headers or a body. */
const MEMBERS: ReadonlyMap<string, string> = new Map(
  [...ANSWER_MEMBERS, 'fail']
    .filter((member) => member !== 'headers' && member !== 'body')
    .map((member) => [toPreferenceName(member), member]),
);

/**
 * Parses a `Prefer` header, such as `code=429, retry-after=0` or `example="lost_customer"`.
 *
 * Preferences are separated by commas or semicolons. Contrary to RFC 7240, unknown preferences are errors, because a
 * test with a misspelt preference would pass without testing anything. If the operation documents the header `Prefer`,
 * unknown preferences are for the API and are ignored.
 */
export function parsePreferences(header: string | undefined, operation: Operation): ParsedPreferences {
  if (header === undefined) return { preferences: {} };
  const entries = splitPreferences(header);
  if (!entries) return { error: 'Prefer must be a list of preferences, such as code=429, delay=1500.' };

  const values = new Map<string, string>();
  const errors = new Set<string>();
  for (const { name, value } of entries) {
    if (values.has(name)) errors.add(`Prefer: ${name} is given more than once.`);
    else if (MEMBERS.has(name)) values.set(name, value);
  }
  const unknown = entries.filter(({ name }) => !MEMBERS.has(name)).map(({ givenName }) => givenName);
  if (unknown.length > 0 && !isPreferDocumented(operation)) {
    errors.add(
      `Prefer: unknown preference ${unknown.join(', ')}. Valid preferences: ${[...MEMBERS.keys()].join(', ')}.`,
    );
  }
  const preferences = Object.fromEntries(
    [...values].map(([name, value]) => [MEMBERS.get(name), readValue(name, value)]),
  );
  for (const { member, message } of findFaults(preferences, operation)) {
    const name = toPreferenceName(member);
    errors.add(`Prefer: ${name}=${values.get(name)} is invalid: ${name} ${message}.`);
  }
  return errors.size > 0 ? { error: [...errors].join(' ') } : { preferences };
}

/** Returns the name of the preference that sets a member, such as `retry-after` for `retryAfter`. */
function toPreferenceName(member: string): string {
  return member.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function isPreferDocumented({ parameters }: Operation): boolean {
  return parameters.some((parameter) => parameter.in === 'header' && /^prefer$/i.test(parameter.name));
}

function findFaults(preferences: Readonly<Record<string, unknown>>, operation: Operation) {
  const faults = findAnswerFaults(preferences, operation);
  const { fail } = preferences;
  return fail === undefined || FAIL.isValid(fail) ? faults : [...faults, { member: 'fail', message: FAIL.message }];
}

interface Entry {
  /** The name in lowercase. */
  readonly name: string;
  /** The name as the client wrote it. The API key is found in messages only as it is. */
  readonly givenName: string;
  readonly value: string;
}

/** Splits a `Prefer` header into names and values. Returns undefined if its syntax is invalid. */
function splitPreferences(header: string): Entry[] | undefined {
  // A quote without an end includes the rest of the header, so that each character is read once.
  const parts = header.match(/(?:[^,;"]|"(?:[^"\\]|\\.)*(?:"|\\?$))+/g) ?? [];
  const entries = parts.filter((part) => part.trim() !== '').map(parsePreference);
  return entries.every((entry) => entry !== undefined) ? entries : undefined;
}

function parsePreference(text: string): Entry | undefined {
  const end = text.includes('=') ? text.indexOf('=') : text.length;
  const givenName = text.slice(0, end).trim();
  const value = text.slice(end + 1).trim();
  const quoted = /^"((?:[^"\\]|\\.)*)"$/.exec(value)?.[1];
  if (/[\s"]/.test(givenName) || givenName === '' || (quoted === undefined && value.includes('"'))) return undefined;
  return { name: givenName.toLowerCase(), givenName, value: quoted?.replace(/\\(.)/g, '$1') ?? value };
}

/** Returns the value of a preference in the type of its member. Invalid values stay text. */
function readValue(name: string, value: string): unknown {
  switch (name) {
    case 'example':
    case 'seed':
      return value;
    case 'dynamic':
      return { true: true, false: false }[value.toLowerCase()] ?? value;
    case 'drop':
      return value.toLowerCase();
    default:
      return /^(0|[1-9]\d*)$/.test(value) ? Number(value) : value;
  }
}

/**
 * Returns the answer to a request with preferences, or undefined if it has none.
 *
 * @param isFailure - Counts a request with `fail`, and returns whether it must fail.
 */
export function toAnswer(preferences: Preferences, isFailure: (failures: number) => boolean): Answer | undefined {
  if (Object.keys(preferences).length === 0) return undefined;
  const { fail, ...answer } = preferences;
  if (fail === undefined) return answer;
  return isFailure(fail) ? createFailure(answer) : createSuccess(answer);
}

/** Returns the answer to one of the requests that must fail. Without `code`, `delay` or `drop`, it is a 503. */
function createFailure({ code, delay, drop, retryAfter }: Answer): Answer {
  const status = code ?? (delay === undefined && drop === undefined ? 503 : undefined);
  return {
    ...(status !== undefined && { code: status }),
    ...(delay !== undefined && { delay }),
    ...(drop !== undefined && { drop }),
    ...(retryAfter !== undefined && { retryAfter }),
  };
}

/** Returns the answer to the request after those that must fail. */
function createSuccess({ example, dynamic, seed }: Answer): Answer {
  return {
    ...(example !== undefined && { example }),
    ...(dynamic !== undefined && { dynamic }),
    ...(seed !== undefined && { seed }),
  };
}
