import type { Operation, Parameter } from '@firstofficer/openapi';
import type { ApiRequest } from '../../engine/tools.ts';

/** Returns whether a request is valid. If it returns false, the request may be valid or not. */
export type ValidityShortcut = (request: ApiRequest) => boolean;

/**
 * Creates the function that recognizes most valid requests of an operation without Prism, which takes most of the time of
 * a request. It recognizes requests that have only path parameters, if each of these may be any text of a certain length.
 *
 * @returns undefined if all requests of the operation need Prism.
 */
export function createValidityShortcut({ parameters, requestBody }: Operation): ValidityShortcut | undefined {
  if (requestBody || parameters.some((parameter) => parameter.in !== 'path' && parameter.required)) return undefined;
  const limits = new Map<string, Limits>();
  for (const parameter of parameters.filter((candidate) => candidate.in === 'path')) {
    const found = findLimits(parameter);
    if (!found) return undefined;
    limits.set(parameter.name, found);
  }
  return ({ pathParameters, query, headers }) => {
    if (Object.keys(query).length > 0 || Object.keys(headers).length > 0) return false;
    return Object.entries(pathParameters).every(([name, text]) => isWithin(limits.get(name), text));
  };
}

/** The lengths of a text, in characters. */
interface Limits {
  readonly minLength: number;
  readonly maxLength: number;
}

// Members of a schema that restrict nothing, and the ones that are checked here.
const PLAIN_MEMBERS = ['type', 'minLength', 'maxLength', 'title', 'description', 'default', 'example', 'examples'];

/** Returns the limits of a parameter that may be any text; undefined if its schema restricts more than the length. */
function findLimits({ schema, style = 'simple' }: Parameter): Limits | undefined {
  if (typeof schema !== 'object' || schema === null || style !== 'simple') return undefined;
  const members: Readonly<Record<string, unknown>> = { ...schema };
  const isPlain = Object.keys(members).every((name) => PLAIN_MEMBERS.includes(name) || name.startsWith('x-'));
  const { type, minLength = 0, maxLength = Number.POSITIVE_INFINITY } = members;
  if (!isPlain || type !== 'string' || typeof minLength !== 'number' || typeof maxLength !== 'number') return undefined;
  return { minLength, maxLength };
}

function isWithin(limits: Limits | undefined, text: string): boolean {
  // For Prism, an empty path parameter is missing.
  if (!limits || !text) return false;
  const { length } = [...text];
  return length >= limits.minLength && length <= limits.maxLength;
}
