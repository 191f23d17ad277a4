import type { Operation } from '@firstofficer/openapi/browser';
import { isJsonType } from '../media-type.ts';
import { isStream } from '../stream.ts';
import type { ApiRequest, ResponseChoice, Violation } from '../tools.ts';
import type { Parameters } from './example-table.ts';
import type { Fault, OwnExample } from './parse-example.ts';

/** How own examples are checked. */
export interface ExampleChecks {
  /** Returns what a request violates. */
  validate(operation: Operation, request: ApiRequest): Promise<readonly Violation[]>;
  /** Returns what a body violates in its response. */
  validateBody(choice: ResponseChoice, body: unknown): Promise<readonly BodyViolation[]>;
}

/** What a response body does not conform to. */
export interface BodyViolation {
  /** The names of the members that lead to the invalid or missing value. */
  readonly path: readonly string[];
  /** What is wrong, such as `must be integer`. */
  readonly message: string;
}

/** Returns what the body and the parameters of an example violate. */
export async function findExampleFaults(example: OwnExample, checks: ExampleChecks): Promise<Fault[]> {
  const { operation, choice, code, body, identifiers } = example;
  const faults = body ? await findBodyFaults(choice, body, checks) : [];
  // An invalid request gets an error, whatever the identifier.
  if (code >= 400) return faults;
  const names = new Set(faults.map(({ members: [name] }) => name));
  for (const { members, parameters } of identifiers) {
    if (names.has(members[0])) continue;
    const violations = await findParameterViolations(operation, parameters, checks);
    faults.push(...violations.map((message) => ({ members, message: `${members.join('.')} ${message}` })));
  }
  return faults;
}

async function findBodyFaults(
  choice: ResponseChoice,
  { value, members }: NonNullable<OwnExample['body']>,
  checks: ExampleChecks,
): Promise<Fault[]> {
  const { operation, key, mediaType = '' } = choice;
  const isItems = isStream(mediaType) && Array.isArray(value);
  if (!isItems && !isJsonType(mediaType) && !mediaType.includes('*')) {
    if (typeof value !== 'string')
      return [
        {
          members,
          message: `body must be string${isStream(mediaType) ? ' or a list' : ''}, because the response is ${mediaType}`,
        },
      ];
    // The schema of XML, for example, describes what the text contains.
    if (operation.responses[key]?.content?.[mediaType]?.schema?.type !== 'string') return [];
  }
  const violations: BodyViolation[] = [];
  for (const [index, item] of (isItems ? value : [value]).entries()) {
    const found = await checks.validateBody(choice, item);
    violations.push(
      ...(isItems ? found.map(({ path, message }) => ({ path: [String(index), ...path], message })) : found),
    );
  }
  // A value of the wrong type breaks several keywords. The first one says enough.
  const first = violations.filter(({ path }, index) => {
    const place = JSON.stringify(path);
    return violations.findIndex((violation) => JSON.stringify(violation.path) === place) === index;
  });
  return first.map(({ path, message }) => {
    const all = [...members, ...path];
    return { members: all, message: `${all.join('.')} ${message}`.trimStart() };
  });
}

/** Returns why no request with these parameters can get the example. */
async function findParameterViolations(
  operation: Operation,
  parameters: Parameters,
  { validate }: ExampleChecks,
): Promise<string[]> {
  // A path cannot contain an unpaired surrogate. The API stores no NUL.
  if (Object.values(parameters).some((value) => !value.isWellFormed() || value.includes('\0'))) {
    return ['must be valid Unicode without NUL'];
  }
  const isInPath = (name: string) => operation.path.includes(`{${name}}`);
  if (Object.entries(parameters).some(([name, value]) => value === '' && isInPath(name))) return ['must not be empty'];
  const entries = Object.entries(parameters);
  const violations = await validate(operation, {
    pathParameters: Object.fromEntries(entries.filter(([name]) => isInPath(name))),
    query: Object.fromEntries(entries.filter(([name]) => !isInPath(name))),
    headers: {},
    body: undefined,
  });
  const locations = Object.keys(parameters).map((name) => `${isInPath(name) ? 'path' : 'query'}.${name}`);
  return violations.filter(({ location }) => locations.includes(location)).map(({ message }) => message);
}
