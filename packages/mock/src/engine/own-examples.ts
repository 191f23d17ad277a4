import type { Operation } from '@firstofficer/openapi/browser';
import type { ExampleEntry, Parameters } from './example-table.ts';
import { findObjectForm } from './object-form.ts';
import { type Fault, isObject, type OwnExample, parseExample } from './parse-example.ts';
import { isStream } from './stream.ts';
import type { ApiRequest, ResponseChoice, Violation } from './tools.ts';

/** An item of a list of own examples. */
export interface ExampleItem {
  readonly value: unknown;
  /** Returns where the item or one of its members is, such as `customers.ndjson:3`. */
  locate(...members: readonly string[]): string;
  /** Why the item cannot be read. Each fault names the place. */
  readonly faults?: readonly string[];
}

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

/** The own examples of each operation, in the order in which they are searched. */
export type OwnExamples = ReadonlyMap<Operation, readonly ExampleEntry[]>;

/**
 * Reads own examples. An item is one of these:
 *
 * - `{ operation, parameters, body, code }`: the response to the requests with these parameters.
 * - The object that an operation returns, such as a customer. The links of the response say which members identify it.
 *
 * @throws Error that lists every fault, if an item is invalid.
 */
export async function readOwnExamples(
  items: readonly ExampleItem[],
  operations: readonly Operation[],
  checks: ExampleChecks,
): Promise<OwnExamples> {
  const form = findObjectForm(operations);
  const faults: string[] = [];
  const examples: OwnExample[] = [];
  const owners = new Map<string, ExampleItem>();
  for (const item of items) {
    if (item.faults && item.faults.length > 0) {
      faults.push(...item.faults);
      continue;
    }
    const parsed = parseExample(item.value, operations, form);
    const found = [...parsed.faults];
    if (parsed.example) {
      examples.push(parsed.example);
      found.push(...(await findExampleFaults(parsed.example, checks)), ...findDuplicates(parsed.example, item, owners));
    }
    faults.push(...found.map(({ members, message }) => `${item.locate(...members)}: ${replaceControls(message)}`));
  }
  if (faults.length > 0) throw new Error(formatExampleFaults(faults));
  return createEntries(examples);
}

/** Returns the message of an error that lists faults. */
export function formatExampleFaults(faults: readonly string[]): string {
  const count = faults.length === 1 ? 'an error' : `${faults.length} errors`;
  return `the examples have ${count}. Correct the examples and start the mock again.\n${faults.join('\n')}`;
}

/** Returns what the body and the parameters of an example violate. */
async function findExampleFaults(example: OwnExample, checks: ExampleChecks): Promise<Fault[]> {
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
  if (!isItems && !/[/+]json *(;|$)|\*/i.test(mediaType)) {
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
  const path = operation.path.replaceAll(/\{([^{}]+)\}/g, (_, name: string) =>
    encodeURIComponent(parameters[name] ?? '1'),
  );
  const isInPath = (name: string) => operation.path.includes(`{${name}}`);
  if (Object.entries(parameters).some(([name, value]) => value === '' && isInPath(name))) return ['must not be empty'];
  const query = Object.fromEntries(Object.entries(parameters).filter(([name]) => !isInPath(name)));
  const violations = await validate(operation, { path, query, headers: {}, body: undefined });
  const locations = Object.keys(parameters).map((name) => `${isInPath(name) ? 'path' : 'query'}.${name}`);
  return violations.filter(({ location }) => locations.includes(location)).map(({ message }) => message);
}

/** Returns the identifiers of an example that belong to an earlier item. */
function findDuplicates(
  { operation, identifiers }: OwnExample,
  item: ExampleItem,
  owners: Map<string, ExampleItem>,
): Fault[] {
  return identifiers
    .filter(({ isUnique }) => isUnique)
    .flatMap(({ members, parameters, rank }): Fault[] => {
      const values = Object.entries(parameters).toSorted(([a], [b]) => (a < b ? -1 : 1));
      const key = JSON.stringify([operation.id, rank, values]);
      const owner = owners.get(key);
      owners.set(key, owner ?? item);
      if (!owner) return [];
      return [{ members, message: `${members.join('.')} has the same value as in ${owner.locate(...members)}` }];
    });
}

/** Sorts the examples by kind of identifier. If several have the same identifier, the one with the lowest ID comes first. */
function createEntries(examples: readonly OwnExample[]): OwnExamples {
  const entries = examples
    .flatMap(({ operation, code, choice, body, identifiers }) => {
      const own = body && choice.mediaType !== undefined && { mediaType: choice.mediaType, value: body.value };
      const selection = { status: String(code), ...(own && { own }) };
      const id = isObject(body?.value) && typeof body.value.id === 'number' ? body.value.id : Infinity;
      return identifiers.map(({ parameters, rank }) => ({ operation, rank, id, entry: { parameters, selection } }));
    })
    .toSorted((a, b) => a.rank - b.rank || compare(a.id, b.id));
  const grouped = Map.groupBy(entries, ({ operation }) => operation);
  return new Map([...grouped].map(([operation, group]) => [operation, group.map(({ entry }) => entry)]));
}

function compare(a: number, b: number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Replaces the characters that control a terminal. */
function replaceControls(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd');
}
