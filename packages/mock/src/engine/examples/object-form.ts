import {
  findExamplePairs,
  type JsonObject,
  type JsonSchema,
  type Link,
  type Operation,
  parsePointer,
  resolveLinks,
} from '@firstofficer/openapi/browser';
import { isJsonType } from '../media-type.ts';
import { listSelectors, type Parameters } from './example-table.ts';

/** Parameters that select an own example. */
export interface Identifier {
  /** The names of the members that lead to the value. */
  readonly members: readonly string[];
  readonly parameters: Parameters;
  /** The position among the kinds of identifiers. If several kinds match a request, the lowest position decides. */
  readonly rank: number;
  /** Whether two items must not have the same value. */
  readonly isUnique: boolean;
}

/**
 * The form of the object that an operation returns, such as a customer, and the identifiers that retrieve the object.
 *
 * The links of the response that lead back to the operation name the members that identify the object. The examples of
 * the parameter may name one more: an example whose value is in none of these members, such as `email`.
 */
export interface ObjectForm {
  readonly operation: Operation;
  /** The key of the response in `responses`. */
  readonly key: string;
  /** The members that the schema lists. */
  readonly members: ReadonlyMap<string, JsonSchema>;
  /** Whether these are all members that the description knows. If so, others are probably mistakes. */
  readonly isComplete: boolean;
  /** The members that identify the object, but are not in the response. */
  readonly hiddenMembers: readonly string[];
  /** Returns the body of a response: without hidden members, and with the members that can have only one value or null. */
  toBody(source: JsonObject): JsonObject;
  listIdentifiers(source: JsonObject): Identifier[];
}

/** Returns the form of the object of the only operation whose success links back to it, or undefined. */
export function findObjectForm(operations: readonly Operation[]): ObjectForm | undefined {
  const forms = operations.flatMap((operation) =>
    Object.keys(operation.responses)
      .filter((key) => key.startsWith('2') && listOwnLinks(operation, key).length > 0)
      .map((key) => createObjectForm(operation, key)),
  );
  return forms.length === 1 ? forms[0] : undefined;
}

function listOwnLinks({ id, responses }: Operation, key: string): [string, Link][] {
  return Object.entries(responses[key]?.links ?? {}).filter(([, { operationId }]) => operationId === id);
}

function createObjectForm(operation: Operation, key: string): ObjectForm {
  const content = operation.responses[key]?.content ?? {};
  const schema = Object.entries(content).find(([type]) => isJsonType(type))?.[1].schema;
  const { members, required, isComplete } = listMembers(schema ?? {});
  const linkCount = listOwnLinks(operation, key).length;
  const examples = listIdentifyingExamples(operation, key);
  const hiddenMembers = examples.map(({ name }) => name).filter((name) => isComplete && !members.has(name));
  const isUnique = ([name = '', ...deeper]: readonly string[]) =>
    deeper.length === 0 && required.has(name) && !allowsNull(members.get(name));

  return {
    operation,
    key,
    members,
    isComplete,
    hiddenMembers,
    toBody(source) {
      const known = [...members].flatMap(([name, member]): [string, unknown][] => {
        if (Object.hasOwn(source, name)) return [[name, source[name]]];
        if (!required.has(name)) return [];
        if (Object.hasOwn(member, 'const')) return [[name, member.const]];
        return allowsNull(member) ? [[name, null]] : [];
      });
      const others = Object.entries(source).filter(([name]) => !members.has(name) && !hiddenMembers.includes(name));
      return Object.fromEntries([...known, ...others]);
    },
    listIdentifiers(source) {
      const linked = listLinkedIdentifiers(operation, key, source).map((identifier) => ({
        ...identifier,
        isUnique: isUnique(identifier.members),
      }));
      const others = examples.flatMap(({ name, parameter }, index) => {
        const value = source[name];
        if (typeof value !== 'string' && typeof value !== 'number') return [];
        const parameters = { [parameter]: String(value) };
        return [{ members: [name], parameters, rank: linkCount + index, isUnique: false }];
      });
      return [...linked, ...others];
    },
  };
}

/** Returns the identifiers that the links of a response body contain: the parameters of links to the same operation. */
export function listLinkedIdentifiers(operation: Operation, key: string, body: unknown): Identifier[] {
  const links = listOwnLinks(operation, key);
  const selectors = listSelectors(operation);
  return resolveLinks(operation, key, body).flatMap(({ name, parameters: linked }): Identifier[] => {
    const rank = links.findIndex(([candidate]) => candidate === name);
    const members = links[rank] && findLinkedMember(links[rank][1]);
    const parameters = Object.fromEntries(
      Object.entries(linked).filter(([parameter]) => selectors.includes(parameter)),
    );
    return members && Object.keys(parameters).length > 0 ? [{ members, parameters, rank, isUnique: false }] : [];
  });
}

/** Returns the member of the body that a link takes its value from. */
function findLinkedMember({ parameters = {} }: Link): readonly string[] | undefined {
  const [expression] = Object.values(parameters).filter((value) => String(value).startsWith('$response.body#/'));
  if (expression === undefined) return undefined;
  return parsePointer(String(expression).slice('$response.body#'.length));
}

/** Returns the examples of a parameter whose values the response does not contain as an identifier. */
function listIdentifyingExamples(operation: Operation, key: string): { name: string; parameter: string }[] {
  const selectors = listSelectors(operation);
  return findExamplePairs(operation).flatMap(({ name, status, parameters, body }) => {
    const [entry, ...more] = Object.entries(parameters).filter(([parameter]) => selectors.includes(parameter));
    if (status !== key || !entry || more.length > 0) return [];
    const [parameter, value] = entry;
    const isLinked = resolveLinks(operation, key, body).some((link) => link.parameters[parameter] === value);
    return isLinked ? [] : [{ name, parameter }];
  });
}

/** Keywords that may allow members which `properties` does not list. */
const OPEN_KEYWORDS = [
  '$ref',
  '$dynamicRef',
  'additionalProperties',
  'anyOf',
  'dependentSchemas',
  'else',
  'if',
  'oneOf',
  'patternProperties',
  'then',
  'unevaluatedProperties',
];

interface Members {
  readonly members: ReadonlyMap<string, JsonSchema>;
  readonly required: ReadonlySet<string>;
  readonly isComplete: boolean;
}

/** Returns the members of an object that a schema lists, and which of them are required. */
function listMembers(schema: JsonSchema): Members {
  const { properties, required, allOf } = schema as {
    readonly properties?: Readonly<Record<string, JsonSchema>>;
    readonly required?: readonly string[];
    readonly allOf?: readonly JsonSchema[];
  };
  const parts = (allOf ?? []).map(listMembers);
  const isOpen = OPEN_KEYWORDS.some((keyword) => Object.hasOwn(schema, keyword) && schema[keyword] !== false);
  return {
    members: new Map([...Object.entries(properties ?? {}), ...parts.flatMap(({ members }) => [...members])]),
    required: new Set([...(required ?? []), ...parts.flatMap((part) => [...part.required])]),
    isComplete: !isOpen && (properties !== undefined || parts.length > 0) && parts.every((part) => part.isComplete),
  };
}

function allowsNull(schema: JsonSchema = {}): boolean {
  const {
    type,
    anyOf = [],
    oneOf = [],
  } = schema as {
    readonly type?: unknown;
    readonly anyOf?: readonly JsonSchema[];
    readonly oneOf?: readonly JsonSchema[];
  };
  return type === 'null' || (Array.isArray(type) && type.includes('null')) || [...anyOf, ...oneOf].some(allowsNull);
}
