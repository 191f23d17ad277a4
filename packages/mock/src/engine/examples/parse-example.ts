import { findResponse, type JsonObject, type Operation } from '@firstofficer/openapi/browser';
import { chooseMediaType } from '../accept.ts';
import { findDocumented } from '../documented-response.ts';
import { isObject } from '../json.ts';
import type { ResponseChoice } from '../tools.ts';
import { listSelectors, type Parameters } from './example-table.ts';
import { type Identifier, listLinkedIdentifiers, type ObjectForm } from './object-form.ts';

/** What is wrong with an item. */
export interface Fault {
  readonly members: readonly string[];
  readonly message: string;
}

/** An own example that has the right form. Its body and its parameters are not checked yet. */
export interface OwnExample {
  readonly operation: Operation;
  readonly choice: ResponseChoice;
  readonly code: number;
  /** The body, and the member of the item that contains it. Without it, the body of the description is sent. */
  readonly body?: { readonly value: unknown; readonly members: readonly string[] };
  readonly identifiers: readonly Identifier[];
}

/** An item that was parsed. Without an example, the faults say why. */
export interface ParsedExample {
  readonly example?: OwnExample;
  readonly faults: readonly Fault[];
}

const EXPLICIT_MEMBERS = ['operation', 'parameters', 'body', 'code'];

/** Parses an item of a list of own examples. */
export function parseExample(
  value: unknown,
  operations: readonly Operation[],
  form: ObjectForm | undefined,
): ParsedExample {
  if (!isObject(value)) return { faults: [{ members: [], message: 'is not an object' }] };
  const isExplicit = ['operation', 'parameters', 'body'].some(
    (name) => Object.hasOwn(value, name) && !form?.members.has(name),
  );
  if (form && !isExplicit) return parseObject(value, form);
  return parseExplicit(value, operations);
}

/** Parses an object that an operation returns. */
function parseObject(value: JsonObject, form: ObjectForm): ParsedExample {
  const { operation, key, members, isComplete, hiddenMembers } = form;
  const known = [...members.keys(), ...hiddenMembers];
  const faults = Object.keys(value)
    .filter((name) => isComplete && !known.includes(name))
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
    code: findDocumented(operation, key)?.status ?? 200,
    body: { value: form.toBody(value), members: [] },
    identifiers: form.listIdentifiers(value),
  };
  return { example, faults };
}

/** Parses an item with `operation`. */
function parseExplicit(value: JsonObject, operations: readonly Operation[]): ParsedExample {
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

  const code = value.code ?? findDocumented(operation, undefined)?.status;
  const documented = isStatus(code) ? findResponse(operation, code) : undefined;
  const hasBody = Object.hasOwn(value, 'body');
  if (!hasBody && value.code === undefined) faults.push({ members: [], message: 'body is missing' });
  if (!isStatus(code) || !documented) {
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
  const linked = hasBody ? listLinkedIdentifiers(operation, documented.status, value.body) : [];
  const example: OwnExample = {
    operation,
    choice: { operation, key: documented.status, mediaType },
    code,
    ...(hasBody && { body: { value: value.body, members: ['body'] } }),
    identifiers: [
      { members: ['parameters'], parameters, rank: -1, isUnique: true },
      ...linked.map((identifier) => ({ ...identifier, members: ['body', ...identifier.members] })),
    ],
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

/** Returns whether a value is the status of a final response. */
function isStatus(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 200 && Number(value) <= 599;
}

/** Returns the content type of a response: JSON if it is documented, else the first one. */
function findMediaType({ responses }: Operation, key: string): string | undefined {
  return chooseMediaType(undefined, Object.keys(responses[key]?.content ?? {}))?.documented;
}

const MAX_NAME_LENGTH = 40;

function quoteName(name: string): string {
  return JSON.stringify(name.length > MAX_NAME_LENGTH ? `${name.slice(0, MAX_NAME_LENGTH)}…` : name);
}
