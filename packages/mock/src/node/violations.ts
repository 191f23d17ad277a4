import type { BodyViolation } from '../engine/check-example.ts';
import type { Violation } from '../engine/tools.ts';
import type { Resource } from './resources.ts';

/** An input violation or a warning, as Prism returns it. */
export interface Diagnostic {
  readonly message: string;
  readonly path?: readonly (string | number)[] | undefined;
  readonly code?: string | number | undefined;
  /** 0 is an error. */
  readonly severity: number;
}

/** Returns a violation of Prism with the names of the description: Prism changes those of parameters to lowercase. */
export function readViolation({ message, path = [] }: Diagnostic, { request = {} }: Resource): Violation {
  const [location = 'request', ...members] = path.map(String);
  // The message repeats the path, such as "Request query parameter limit must be >= 1".
  const prefix = new RegExp(`^Request ${location} (parameter |property )?`);
  const text = message.replace(prefix, '').replace(members.length > 0 ? `${members.join('.')} ` : '', '');
  const missing = /^must have required property '(.*)'$/.exec(text)?.[1];
  const additional = /^must NOT have (?:additional|unevaluated) properties.* '(.*)'$/.exec(text)?.[1];
  const member = missing ?? additional;
  const names = [...(location === 'body' ? members.slice(1) : members), ...(member === undefined ? [] : [member])];
  const parameters = { query: request.query, header: request.headers, path: request.path }[location];
  const documented = parameters?.find(({ name }) => name.toLowerCase() === names[0]);
  if (documented) names[0] = documented.name;
  const short = missing === undefined ? additional && 'is not allowed' : 'is required';
  return { location: [location, ...names].join('.'), message: short ?? text, status: 400 };
}

/** Returns a violation of Prism in a response body. */
export function readBodyViolation({ message, path: [, ...path] = [], code }: Diagnostic): BodyViolation {
  const names = path.map(String);
  const reason = message.slice(`Response body ${names.length > 0 ? `property ${names.join('.')} ` : ''}`.length);
  const missing = code === 'required' ? /^must have required property '(.*)'$/s.exec(reason)?.[1] : undefined;
  return missing === undefined
    ? { path: names, message: reason }
    : { path: [...names, missing], message: 'is missing' };
}
