import { findResponse, type Operation } from '@firstofficer/openapi/browser';
import { type ExampleEntry, listSelectors, type Parameters } from './example-table.ts';
import { findObjectForm, type Identifier, type ObjectForm } from './object-form.ts';
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

/** What is wrong with an item. */
interface Fault {
  readonly members: readonly string[];
  readonly message: string;
}

interface OwnExample {
  readonly operation: Operation;
  readonly choice: ResponseChoice;
  readonly code: number;
  /** The body, and the member of the item that contains it. Without it, the body of the description is sent. */
  readonly body?: { readonly value: unknown; readonly members: readonly string[] };
  readonly identifiers: readonly Identifier[];
}

interface Parsed {
  readonly example?: OwnExample;
  readonly faults: readonly Fault[];
}

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
    const parsed = parseItem(item.value, operations, form);
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

type JsonObject = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const EXPLICIT_MEMBERS = ['operation', 'parameters', 'body', 'code'];

function parseItem(value: unknown, operations: readonly Operation[], form: ObjectForm | undefined): Parsed {
  if (!isObject(value)) return { faults: [{ members: [], message: 'is not an object' }] };
  const isExplicit = ['operation', 'parameters', 'body'].some(
    (name) => Object.hasOwn(value, name) && !form?.members.has(name),
  );
  if (form && !isExplicit) return parseObject(value, form);
  return parseExplicit(value, operations);
}

/** Parses an object that an operation returns. */
function parseObject(value: JsonObject, form: ObjectForm): Parsed {
  const { operation, key, members, hiddenMembers } = form;
  const known = [...members.keys(), ...hiddenMembers];
  const faults = Object.keys(value)
    .filter((name) => members.size > 0 && !known.includes(name))
    .map((name) => ({
      members: [name],
      message: `has an unknown property ${quoteName(name)}. The properties are ${known.join(', ')}`,
    }));
  const invalid = hiddenMembers.filter((name) => typeof (value[name] ?? '') !== 'string');
  faults.push(...invalid.map((name) => ({ members: [name], message: `${name} must be string,null` })));
  const mediaType = findMediaType(operation, key);
  const example: OwnExample = {
    operation,
    choice: { operation, key, mediaType },
    code: toCode(key),
    body: { value: form.toBody(value), members: [] },
    identifiers: form.listIdentifiers(value),
  };
  return { example, faults };
}

/** Parses an item with `operation`. */
function parseExplicit(value: JsonObject, operations: readonly Operation[]): Parsed {
  const operation = operations.find(({ id }) => id === value.operation);
  if (!operation) {
    const ids = operations.map(({ id }) => id).join(', ');
    return { faults: [{ members: ['operation'], message: `operation must be one of ${ids}` }] };
  }
  const faults: Fault[] = Object.keys(value)
    .filter((name) => !EXPLICIT_MEMBERS.includes(name))
    .map((name) => ({
      members: [name],
      message: `has an unknown member ${quoteName(name)}. The members are ${EXPLICIT_MEMBERS.join(', ')}`,
    }));
  const { parameters, faults: parameterFaults } = parseParameters(value.parameters ?? {}, operation);
  faults.push(...parameterFaults);

  const code = value.code ?? toCode(findSuccess(operation));
  const documented = Number.isInteger(code) ? findResponse(operation, Number(code)) : undefined;
  const hasBody = Object.hasOwn(value, 'body');
  if (!hasBody && value.code === undefined) faults.push({ members: [], message: 'body is missing' });
  if (!documented) {
    const statuses = Object.keys(operation.responses).join(', ');
    faults.push({ members: ['code'], message: `code must be a status that ${operation.id} documents: ${statuses}` });
    return { faults };
  }
  const mediaType = findMediaType(operation, documented.status);
  if (hasBody && mediaType === undefined) {
    faults.push({
      members: ['body'],
      message: `body must be left out, because the ${code} of ${operation.id} has none`,
    });
    return { faults };
  }
  const example: OwnExample = {
    operation,
    choice: { operation, key: documented.status, mediaType },
    code: Number(code),
    ...(hasBody && { body: { value: value.body, members: ['body'] } }),
    identifiers: [{ members: ['parameters'], parameters, rank: -1, isUnique: true }],
  };
  return { example, faults };
}

function parseParameters(source: unknown, operation: Operation): { parameters: Parameters; faults: Fault[] } {
  if (!isObject(source)) {
    return { parameters: {}, faults: [{ members: ['parameters'], message: 'parameters must be an object' }] };
  }
  const selectors = listSelectors(operation);
  const faults = Object.entries(source).flatMap(([name, value]): Fault[] => {
    const members = ['parameters', name];
    if (!selectors.includes(name)) {
      const list = selectors.length === 0 ? 'It has none' : `They are ${selectors.join(', ')}`;
      const message = `parameters has ${quoteName(name)}, which is no path or query parameter of ${operation.id}. ${list}`;
      return [{ members, message }];
    }
    const isValid = ['string', 'number', 'boolean'].includes(typeof value);
    return isValid ? [] : [{ members, message: `parameters.${name} must be a string, a number or a boolean` }];
  });
  return {
    parameters: Object.fromEntries(Object.entries(source).map(([name, value]) => [name, String(value)])),
    faults,
  };
}

/** Returns the key of the lowest documented success. */
function findSuccess({ responses }: Operation): string {
  const successes = Object.keys(responses).filter((key) => /^2(\d\d|xx)$/i.test(key));
  return successes.toSorted()[0] ?? '200';
}

/** Returns the status of a key such as `200` or `2XX`. */
function toCode(key: string): number {
  return Number(key.replaceAll(/x/gi, '0'));
}

/** Returns JSON if it is among the content types of a response, else the first one. */
function findMediaType({ responses }: Operation, key: string): string | undefined {
  const types = Object.keys(responses[key]?.content ?? {});
  return types.find((type) => /json/i.test(type)) ?? types[0];
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
  if (typeof value !== 'string' && !/json|\*/i.test(choice.mediaType ?? '')) {
    return [{ members, message: `body must be string, because the response is ${choice.mediaType}` }];
  }
  const violations = await checks.validateBody(choice, value);
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

const MAX_NAME_LENGTH = 40;

function quoteName(name: string): string {
  return JSON.stringify(name.length > MAX_NAME_LENGTH ? `${name.slice(0, MAX_NAME_LENGTH)}…` : name);
}

/** Replaces the characters that control a terminal. */
function replaceControls(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd');
}
