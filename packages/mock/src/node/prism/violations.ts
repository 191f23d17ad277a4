import type { Operation } from '@firstofficer/openapi';
import type { BodyViolation } from '../../engine/examples/check-example.ts';
import type { Violation } from '../../engine/tools.ts';
import { isExplodedObject } from './parameter-values.ts';
import { nameParameter } from './resources.ts';

/** An input violation or a warning, as Prism returns it. */
export interface Diagnostic {
  readonly message: string;
  readonly path?: readonly (string | number)[] | undefined;
  readonly code?: string | number | undefined;
  /** 0 is an error. */
  readonly severity: number;
}

/** Returns a violation of Prism with the names of the description. The parameters have other names in Prism. */
export function readViolation({ message, path = [] }: Diagnostic, { parameters }: Operation): Violation {
  const [group = 'request', ...members] = path.map(String);
  // The message repeats the path, such as "Request query parameter parameter0 must be >= 1".
  const prefix = new RegExp(`^Request ${group} (parameter |property )?`);
  const text = message.replace(prefix, '').replace(members.length > 0 ? `${members.join('.')} ` : '', '');
  const missing = /^must have required property '(.*)'$/.exec(text)?.[1];
  const additional = /^must NOT have (?:additional|unevaluated) properties.* '(.*)'$/.exec(text)?.[1];
  const member = missing ?? additional;
  const names = [...(group === 'body' ? members.slice(1) : members), ...(member === undefined ? [] : [member])];
  const parameter = group === 'query' ? parameters.find((_, index) => nameParameter(index) === names[0]) : undefined;
  const [, ...inner] = names;
  const location = parameter
    ? [parameter.in, ...(inner.length > 0 && isExplodedObject(parameter) ? inner : [parameter.name, ...inner])]
    : [group, ...names];
  const short = missing === undefined ? additional && 'is not allowed' : 'is required';
  return { location: location.join('.'), message: short ?? text, status: 400 };
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
