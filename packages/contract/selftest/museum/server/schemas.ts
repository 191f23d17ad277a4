import { readFileSync } from 'node:fs';
import {
  asObject,
  createPathMatcher,
  findReferenceTarget,
  type JsonObject,
  listOperations,
  resolveReference,
} from '@firstofficer/openapi';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

/** The file of the description. */
export const SPEC = new URL('../openapi.yaml', import.meta.url);

const TEXT = readFileSync(SPEC, 'utf8');

/** A rule of the description that a request violates. */
export interface Violation {
  /** Where in the request, such as `body/title` or `limit`. */
  readonly place: string;
  /** The violated keyword of the schema, or another name of the rule. */
  readonly keyword: string;
}

/** A parameter, or a member of a form. */
export interface Input {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly style: string | undefined;
  readonly schema: JsonObject;
  /** Returns the first rule that a value violates, or undefined if the value is valid. */
  check(value: unknown): Violation | undefined;
}

/** The body that an operation accepts. */
export interface BodyInput extends Input {
  readonly mediaType: string;
  /** The schemas of the members of a form. */
  readonly members: Readonly<Record<string, JsonObject>>;
}

/** An operation as the server reads it from the description. */
export interface Route {
  readonly operation: string;
  readonly method: string;
  /** Returns the percent-encoded path parameters if a path belongs to the operation. */
  match(path: string): Readonly<Record<string, string>> | undefined;
  readonly parameters: readonly Input[];
  readonly body: BodyInput | undefined;
}

/**
 * New values of keywords by their pointers in the description. Undefined removes the keyword, or the item of a list that
 * the last part of the pointer names.
 */
export type SchemaEdits = Readonly<Record<string, unknown>>;

/**
 * Reads the operations of the description. The server does not use the validator of the contract tests, because an error
 * in a shared validator would affect both and nobody would notice it.
 */
export function readRoutes(edits: SchemaEdits = {}): Route[] {
  const document = readDocument(edits);
  const ajv = new Ajv2020({ strict: false, logger: false });
  addFormats.default(ajv).addFormat('binary', true);

  const createInput = (definition: JsonObject, name: string): Input => {
    // References begin at the root of a schema, so the root needs the components of the description.
    const validate = ajv.compile({ ...asObject(definition.schema), components: document.components });
    return {
      name,
      in: String(definition.in),
      required: definition.required === true,
      style: typeof definition.style === 'string' ? definition.style : undefined,
      schema: resolveSchema(document, definition.schema),
      check: (value) => {
        if (validate(value)) return undefined;
        const [error] = validate.errors ?? [];
        return { place: name + (error?.instancePath ?? ''), keyword: error?.keyword ?? '' };
      },
    };
  };
  const createBodyInput = (definition: JsonObject): BodyInput[] =>
    Object.entries(asObject(definition.content)).map(([mediaType, media]) => {
      const input = createInput({ ...asObject(media), required: definition.required }, 'body');
      const members = Object.entries(asObject(input.schema.properties));
      return {
        ...input,
        mediaType,
        members: Object.fromEntries(members.map(([name, schema]) => [name, resolveSchema(document, schema)])),
      };
    });

  return listOperations(document).map(({ method, path, parameters, definition }) => ({
    operation: String(definition.operationId),
    method,
    match: createPathMatcher(path),
    parameters: parameters.map((parameter) => createInput(parameter, String(parameter.name))),
    body: createBodyInput(asObject(definition.requestBody))[0],
  }));
}

/** Returns the description with edits. */
export function readDocument(edits: SchemaEdits): JsonObject {
  const document: JsonObject = parse(TEXT);
  for (const [pointer, value] of Object.entries(edits)) editKeyword(document, pointer, value);
  return document;
}

/** Resolves the references of a schema, and of the schemas of its items and properties. */
function resolveSchema(document: JsonObject, given: unknown): JsonObject {
  const schema = resolveReference(document, given);
  const properties = Object.entries(asObject(schema.properties));
  return {
    ...schema,
    ...(schema.items !== undefined && { items: resolveReference(document, schema.items) }),
    properties: Object.fromEntries(properties.map(([name, property]) => [name, resolveReference(document, property)])),
  };
}

/**
 * Sets or removes a keyword. The pointer can lead through references: the reference is replaced by a copy of its target,
 * so that other references to the target do not change. A name selects the parameter or the text with this name in a list.
 */
function editKeyword(document: JsonObject, pointer: string, value: unknown): void {
  const tokens = pointer.split('/').map((token) => token.replaceAll('~1', '/'));
  const keyword = tokens.at(-1) ?? '';
  let current: unknown = document;
  for (const token of tokens.slice(1, -1)) current = openMember(document, current, token);
  if (Array.isArray(current)) current.splice(findIndex(current, keyword), 1);
  else if (value !== undefined) Object.assign(asObject(current), { [keyword]: value });
  else if (!Object.hasOwn(asObject(current), keyword)) throw new Error(`The description has no ${pointer}.`);
  else Reflect.deleteProperty(asObject(current), keyword);
}

function openMember(document: JsonObject, parent: unknown, token: string): unknown {
  const key = Array.isArray(parent) ? findIndex(parent, token) : token;
  const container = parent as Record<string | number, unknown>;
  const { $ref } = asObject(container[key]);
  if (typeof $ref === 'string') container[key] = structuredClone(findReferenceTarget(document, $ref));
  return container[key];
}

function findIndex(list: readonly unknown[], token: string): number {
  const index = list.findIndex((item) => item === token || asObject(item).name === token);
  if (index >= 0) return index;
  if (/^\d+$/.test(token) && Number(token) < list.length) return Number(token);
  throw new Error(`The description has no ${token} in ${JSON.stringify(list)}.`);
}
