import type { Description, JsonSchema, Operation, Parameter } from '@firstofficer/openapi';
import fc, { type Arbitrary } from 'fast-check';
import { serializeBody } from '../request/body.ts';
import type { RequestParts } from '../request/operation-request.ts';
import type { ParameterValue } from '../request/serialization.ts';
import type { Validator } from '../schema/validation.ts';
import {
  type BaseBody,
  type BaseData,
  createParameterValue,
  findParameterSchema,
  findParameterUse,
  findUse,
  isSkipped,
  requiresUniqueText,
} from './base-data.ts';
import { type InvalidCase, listInvalidCases } from './invalid-cases.ts';
import { replaceAt } from './places.ts';
import { renewText, renewValue } from './renew.ts';
import { createArbitrary, type Generation, isValid } from './schema-values.ts';
import { allowsEmptyValue, isSendable, listOtherRoutes } from './sendable.ts';
import { listValidCases, type ValidCase } from './valid-cases.ts';
import { listOwnPlaces } from './visit-schema.ts';

/** What the data of requests depend on. */
export interface DataSource {
  readonly description: Pick<Description, 'operations'>;
  readonly validator: Validator;
  readonly base: BaseData;
}

/** The place of the data in a request. */
export type DataPlace = Parameter['in'] | 'body';

/** The data of a request with one value under test. */
interface RequestData {
  /** Such as `body/rooms/0/price: multipleOf 0.05 (between two multiples)`. */
  readonly name: string;
  readonly place: DataPlace;
  /** The rule of the description that the value is made for. */
  readonly specRef: readonly [object, ...string[]];
  /** Whether servers may have a good reason to treat the data otherwise. */
  readonly isDisputed: boolean;
}

/** Data that violate the description. */
export interface InvalidData extends RequestData {
  readonly parts: RequestParts;
}

/** Data that conform to the description. */
export interface ValidData extends RequestData {
  /** Whether the value is the largest number. */
  readonly isLargest: boolean;
  /** Returns the request. If the operation may require unique text, each call returns other text. */
  create(): RequestParts;
  /** Returns the request without the value under test, which a target that accepts the value must accept as well. */
  createControl(): RequestParts;
  /** Returns requests with other values at the same limit, or with other data beside the same value. */
  listSimilar(): RequestParts[];
  /** Returns requests with ordinary values of the same place, the most similar one first. */
  listOrdinary(): RequestParts[];
}

// An operation with hundreds of members must not get thousands of requests.
const MAX_VALID = 80;
const MAX_INVALID = 160;

/** Returns data that conform to the description and are at a limit, a choice or the like. */
export function listValidData(operation: Operation, source: DataSource): ValidData[] {
  const parameters = operation.parameters.flatMap((parameter) => listValidParameters(operation, parameter, source));
  const body = source.base.bodyFor(operation);
  const bodies = isSkipped(body) || !body.isValid ? [] : listValidBodies(operation, body, source);
  return [...parameters, ...bodies].slice(0, MAX_VALID);
}

/** Returns data that violate one rule of the description each. */
export function listInvalidData(operation: Operation, source: DataSource): InvalidData[] {
  const parameters = operation.parameters.flatMap((parameter) => listInvalidParameters(operation, parameter, source));
  const body = source.base.bodyFor(operation);
  const bodies = isSkipped(body) || !body.isValid ? [] : listInvalidBodies(body, source);
  const all = [...parameters, ...bodies];
  if (all.length <= MAX_INVALID) return all;
  // Prefer one value for every rule to several values for some.
  const rules = new Map<string, InvalidData>();
  for (const data of all) {
    const rule = data.name.replace(/ \([^(]*\)$/, '');
    if (!rules.has(rule) || /: (required|oneOf|anyOf)/.test(rule)) rules.set(rules.has(rule) ? data.name : rule, data);
  }
  const first = [...rules.values()];
  return [...first, ...all.filter((data) => !first.includes(data))].slice(0, MAX_INVALID);
}

function createParameterBase(operation: Operation, parameter: Parameter, { validator, base }: DataSource) {
  const schema = findParameterSchema(parameter);
  const generation: Generation = { validator, use: findParameterUse(parameter) };
  const known = base.parametersFor(operation)[parameter.name];
  const value = known ?? createParameterValue(parameter, validator);
  return { schema, generation, value, isGiven: known !== undefined };
}

function listInvalidParameters(operation: Operation, parameter: Parameter, source: DataSource): InvalidData[] {
  const { name, in: place, required = false } = parameter;
  const { schema, generation, value } = createParameterBase(operation, parameter, source);
  const missing: InvalidData = {
    name: `${name}: required (left out)`,
    place,
    specRef: [parameter, 'required'],
    isDisputed: false,
    parts: { omit: [name] },
  };
  const cases =
    value === undefined || !isValid(generation, schema, value) ? [] : listInvalidCases(schema, value, generation);
  const createData = ({ name: detail, value: invalid, specRef, isDisputed }: InvalidCase): InvalidData => ({
    name: name + detail,
    place,
    specRef,
    // Some servers treat an empty value as left out.
    isDisputed: isDisputed || (invalid === '' && !required),
    parts: { parameters: { [name]: invalid as ParameterValue } },
  });
  return [
    ...(required && place !== 'path' ? [missing] : []),
    ...cases.filter((one) => isSendable(parameter, one.value)).map(createData),
  ];
}

function listValidParameters(operation: Operation, parameter: Parameter, source: DataSource): ValidData[] {
  const { name, in: place } = parameter;
  const { schema, generation, value, isGiven } = createParameterBase(operation, parameter, source);
  if (value === undefined || !isValid(generation, schema, value)) return [];
  const otherRoutes = place === 'path' ? listOtherRoutes(operation, parameter, source.description.operations) : [];
  const accept = (one: unknown) =>
    isSendable(parameter, one) && (one !== '' || allowsEmptyValue(parameter)) && !otherRoutes.includes(String(one));
  const put = (one: unknown): RequestParts => ({ parameters: { [name]: one as ParameterValue } });
  const { nextNumber } = source.base;
  const siblings = listSiblings(operation, parameter);
  const isFreeText = hasFreeText(schema);
  const createData = (
    one: Pick<ValidCase, 'name' | 'specRef' | 'value' | 'isDisputed' | 'isLargest' | 'listSimilar' | 'listOrdinary'>,
  ) => ({
    name: name + one.name,
    place,
    specRef: one.specRef,
    isDisputed: one.isDisputed || isFreeText,
    isLargest: one.isLargest,
    create: () => put(one.value),
    createControl: () => ({}),
    listSimilar: () => [
      ...one.listSimilar(nextNumber).filter(accept).map(put),
      ...siblings.map((sibling) => ({
        parameters: { [name]: one.value, [sibling]: one.value } as Record<string, ParameterValue>,
      })),
    ],
    listOrdinary: () => one.listOrdinary(nextNumber).filter(accept).map(put),
  });
  const { maximum } = schema;
  const plain = {
    name: ': an ordinary value',
    isLargest: false,
    specRef: [parameter] as const,
    value,
    // The parts of an object without described members have rules that no schema expresses.
    isDisputed: typeof value === 'object' && Object.keys(value).length === 0,
    listSimilar: () => [],
    // A number without a limit and free text may refer to something that exists.
    listOrdinary: () => {
      if (typeof value === 'string') return [renewText(schema, value, 1)].filter((text) => text !== value);
      return typeof value === 'number' && maximum === undefined ? [value + 1, value + 2] : [];
    },
  };
  // Parsers return a list for a name that occurs twice.
  const twice: ValidData = {
    name: `${name}: given twice`,
    place,
    specRef: [parameter],
    isDisputed: true,
    isLargest: false,
    create: () => ({ ...put(value), query: `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}` }),
    createControl: () => ({}),
    listSimilar: () => [],
    listOrdinary: () => [],
  };
  const cases = listValidCases(schema, value, generation).filter((one) => accept(one.value));
  const found = [...(isGiven || !accept(value) ? [] : [plain]), ...cases].map(createData);
  return place === 'query' && typeof value !== 'object' ? [...found, twice] : found;
}

/**
 * Returns whether a parameter is text without any rule. It often has rules that no schema expresses: a cursor, the names of
 * members, a time zone, or a search that needs some letters.
 */
function hasFreeText({ type, ...rules }: JsonSchema): boolean {
  return type === 'string' && RULES_OF_TEXT.every((rule) => rules[rule] === undefined);
}

const RULES_OF_TEXT = ['enum', 'const', 'format', 'pattern', 'minLength', 'maxLength', 'allOf', 'anyOf', 'oneOf'];

/** Returns other parameters of the same type: a server may require that both or none are given, or that they are in order. */
function listSiblings({ parameters }: Operation, { name, in: place, schema = {} }: Parameter): string[] {
  const isOrdered = ['integer', 'number'].includes(String(schema.type)) || /^date/.test(String(schema.format));
  const siblings = parameters.filter(
    (other) =>
      other.name !== name &&
      other.in === place &&
      other.schema?.type === schema.type &&
      other.schema?.format === schema.format,
  );
  return isOrdered && place === 'query' ? siblings.map((other) => other.name) : [];
}

function listInvalidBodies({ mediaType, media, value }: BaseBody, { validator }: DataSource): InvalidData[] {
  const cases = listInvalidCases(media.schema ?? {}, value, { validator, use: findUse(mediaType) });
  return cases.map(({ name, value: invalid, specRef, isDisputed }) => ({
    name: `body${name}`,
    place: 'body',
    specRef,
    isDisputed,
    parts: { body: serializeBody(mediaType, media, invalid) },
  }));
}

function listValidBodies(operation: Operation, { mediaType, media, value }: BaseBody, source: DataSource): ValidData[] {
  const { nextNumber } = source.base;
  const put = (one: unknown): RequestParts => ({ body: serializeBody(mediaType, media, one) });
  const generation = { validator: source.validator, use: findUse(mediaType) };
  return listValidCases(media.schema ?? {}, value, generation).map((one) => ({
    name: `body${one.name}`,
    place: 'body',
    specRef: one.specRef,
    isDisputed: one.isDisputed,
    isLargest: one.isLargest,
    create: () => put(requiresUniqueText(operation) ? one.renew(nextNumber()) : one.value),
    createControl: () => put(one.createControl(nextNumber())),
    listSimilar: () => one.listSimilar(nextNumber).map(put),
    listOrdinary: () => one.listOrdinary(nextNumber).map(put),
  }));
}

/** Returns an arbitrary of requests in which one text is random, or undefined if the operation has no text. */
export function createRandomText(operation: Operation, source: DataSource): Arbitrary<ValidData> | undefined {
  const parameters = operation.parameters
    .filter(({ in: place, content }) => (place === 'path' || place === 'query') && !content)
    .flatMap((parameter) => createRandomParameter(operation, parameter, source) ?? []);
  const body = source.base.bodyFor(operation);
  const bodies = isSkipped(body) || !body.isValid ? [] : listRandomBodies(body, source);
  const all = [...parameters, ...bodies];
  return all.length === 0 ? undefined : fc.oneof(...all);
}

function createRandomParameter(
  operation: Operation,
  parameter: Parameter,
  source: DataSource,
): Arbitrary<ValidData> | undefined {
  const { name, in: place } = parameter;
  const { schema, generation, value } = createParameterBase(operation, parameter, source);
  if (typeof value !== 'string' || isOrdered(schema)) return undefined;
  const otherRoutes = listOtherRoutes(operation, parameter, source.description.operations);
  const values = keepSome(
    createArbitrary(schema, generation),
    (one) => isSendable(parameter, one) && isOrdinaryText(one) && !otherRoutes.includes(String(one)),
  );
  const put = (one: unknown): RequestParts => ({ parameters: { [name]: one as ParameterValue } });
  return values?.map((one) => ({
    name,
    place,
    specRef: [parameter.schema ?? parameter],
    isDisputed: hasFreeText(schema),
    isLargest: false,
    create: () => put(one),
    createControl: () => ({}),
    listSimilar: () => [],
    listOrdinary: () =>
      [renewText(schema, 'text', 1), renewText(schema, 'text', 2)]
        .filter((text) => isValid(generation, schema, text))
        .map(put),
  }));
}

function listRandomBodies(
  { mediaType, media, value }: BaseBody,
  { validator, base }: DataSource,
): Arbitrary<ValidData>[] {
  const { schema = {} } = media;
  const generation = { validator, use: findUse(mediaType) };
  const put = (one: unknown): RequestParts => ({ body: serializeBody(mediaType, media, one) });
  return listOwnPlaces(schema, value, generation).flatMap(({ place, value: text, schemas }) => {
    const [member = {}] = schemas;
    if (typeof text !== 'string' || schemas.some(isOrdered)) return [];
    const values = keepSome(
      createArbitrary(schemas.length === 1 ? member : { allOf: schemas }, generation),
      (one) => isOrdinaryText(one) && isValid(generation, schema, replaceAt(value, place, one)),
    );
    if (!values) return [];
    const replace = (one: unknown) => {
      const changed = replaceAt(value, place, one);
      return renewValue(schema, changed, { generation, number: base.nextNumber(), keep: place });
    };
    return values.map(
      (one): ValidData => ({
        name: 'body',
        place: 'body',
        specRef: [member],
        isLargest: false,
        isDisputed: false,
        create: () => put(replace(one)),
        createControl: () => put(replace(text)),
        listSimilar: () => [put(replace(one))],
        listOrdinary: () =>
          [1, 2]
            .map((number) => replace(renewText(member, 'text', number)))
            .filter((one) => isValid(generation, schema, one))
            .map(put),
      }),
    );
  });
}

// At least one of this many values must be kept. Otherwise filtering could take forever.
const DRAFTS = 100;

/** Returns an arbitrary of the values that are kept, or undefined if hardly any value is. */
function keepSome(
  values: Arbitrary<unknown> | undefined,
  isKept: (value: unknown) => boolean,
): Arbitrary<unknown> | undefined {
  if (!values || !fc.sample(values, { numRuns: DRAFTS, seed: 1 }).some(isKept)) return undefined;
  return values.filter(isKept);
}

/** Returns whether no server has a reason to refuse or trim a text. Other test cases send such text. */
function isOrdinaryText(text: unknown): boolean {
  return typeof text === 'string' && text.trim() === text && text !== '' && !/\p{Cc}/u.test(text);
}

/** Returns whether the values of a schema have an order or are few, so that random ones show nothing. */
function isOrdered({ format, enum: choices, const: constant }: { readonly [keyword: string]: unknown }): boolean {
  return /^(date|time|duration)/.test(String(format ?? '')) || choices !== undefined || constant !== undefined;
}
