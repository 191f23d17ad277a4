import {
  findExamplePairs,
  type JsonSchema,
  type MediaType,
  type Operation,
  type Parameter,
} from '@firstofficer/openapi';
import { isJson } from '../http/exchange.ts';
import { isBinary, isForm, isMultipart, type RequestBody, serializeBody } from '../request/body.ts';
import type { ParameterValue, ParameterValues } from '../request/serialization.ts';
import { isObject } from '../schema/json.ts';
import type { Validator } from '../schema/validation.ts';
import { omitMembers, replaceAt } from './places.ts';
import { renewValue } from './renew.ts';
import { createPlainValue, type Generation, isValid, listPlainValues } from './schema-values.ts';
import { listOwnPlaces } from './visit-schema.ts';

/** Why something is left out, in words for the report. */
export interface Skipped {
  readonly skipped: string;
}

/** Returns whether something is left out. */
export function isSkipped(result: object): result is Skipped {
  return 'skipped' in result;
}

/** A request body and its value before it was serialized. */
export interface BaseBody extends RequestBody {
  readonly value: unknown;
  /** Whether the value conforms to its schema. Examples do not always conform. */
  readonly isValid: boolean;
  /** The media type object of the description. */
  readonly media: MediaType;
  /** Whether the body was reduced to its required members. */
  readonly isReduced: boolean;
}

/** The data of requests that are likely to succeed. */
export interface BaseData {
  /**
   * Returns the body of an operation, or why there is none. If the operation documents 409, each body has other text, in
   * case the target requires unique names.
   */
  bodyFor(operation: Operation): BaseBody | Skipped;
  /**
   * Returns the valid bodies that may succeed where the usual body does not: further examples, a body of each branch, bodies
   * with other dates, and bodies with only the required members.
   */
  otherBodiesFor(operation: Operation): BaseBody[];
  /** Makes a body the usual one of an operation, because the target accepts it. */
  preferBody(operation: Operation, body: BaseBody): void;
  /** Returns values of all required parameters of an operation, and of others that are known. */
  parametersFor(operation: Operation): ParameterValues;
  /** Returns a number that no earlier call returned, with which to renew text. */
  nextNumber(): number;
}

/** What the data of requests depend on. */
interface BaseDataSource {
  readonly validator: Validator;
  /** A target may still have the objects of an earlier run, so runs with another seed use other text. */
  readonly seed: number;
  /** Returns the parameter values that are known for the target. */
  knownFor(operation: Operation): ParameterValues;
}

/** Creates the data of requests from the description. */
export function createBaseData({ validator, seed, knownFor }: BaseDataSource): BaseData {
  const bodies = new Map<Operation, readonly BaseBody[]>();
  const preferred = new Map<Operation, BaseBody>();
  const values = new Map<Parameter, ParameterValue | undefined>();
  let count = 0;
  const nextNumber = () => {
    count += 1;
    return (seed % 1_000_000) * 1000 + count;
  };
  const listOnce = (operation: Operation) => {
    const known = bodies.get(operation) ?? listBodies(operation, validator);
    bodies.set(operation, known);
    return known;
  };
  return {
    nextNumber,
    bodyFor(operation) {
      const [first] = listOnce(operation);
      const body = preferred.get(operation) ?? first;
      if (!body) return explainMissingBody(operation);
      if (!body.isValid || !requiresUniqueText(operation)) return body;
      const { mediaType, media, value } = body;
      const generation = { validator, use: findUse(mediaType) };
      const renewed = renewValue(media.schema ?? {}, value, { generation, number: nextNumber() });
      return { ...body, ...serializeBody(mediaType, media, renewed), value: renewed };
    },
    otherBodiesFor: (operation) => listOnce(operation).filter((body, index) => index > 0 && body.isValid),
    preferBody: (operation, body) => void preferred.set(operation, body),
    parametersFor(operation) {
      const known = knownFor(operation);
      const success = findExamplePairs(operation).find(({ status }) => status.startsWith('2'))?.parameters ?? {};
      const createOnce = (parameter: Parameter) => {
        if (!values.has(parameter)) values.set(parameter, createParameterValue(parameter, validator));
        return values.get(parameter);
      };
      return Object.fromEntries(
        operation.parameters.flatMap((parameter) => {
          const { name, required = false } = parameter;
          const value = known[name] ?? success[name] ?? (required ? createOnce(parameter) : undefined);
          return value === undefined ? [] : [[name, value]];
        }),
      );
    },
  };
}

/** Returns whether an operation may refuse a body because an earlier one had the same text. */
export function requiresUniqueText({ responses }: Operation): boolean {
  return responses['409'] !== undefined;
}

/** Returns the schema of a parameter. */
export function findParameterSchema({ schema, content = {} }: Parameter): JsonSchema {
  return schema ?? Object.values(content)[0]?.schema ?? (Object.keys(content).length > 0 ? {} : { type: 'string' });
}

/** Returns whether the values of a parameter have types or are text. */
export function findParameterUse({ content = {} }: Parameter): Generation['use'] {
  return Object.keys(content).some(isJson) ? 'request' : 'text';
}

/** Returns an ordinary value of a parameter: its example, or one of its schema. */
export function createParameterValue(parameter: Parameter, validator: Validator): ParameterValue | undefined {
  const { example, examples = {} } = { ...Object.values(parameter.content ?? {})[0], ...parameter };
  const value =
    example ??
    Object.values(examples)[0]?.value ??
    createPlainValue(findParameterSchema(parameter), { validator, use: findParameterUse(parameter) });
  return value === null || value === undefined ? undefined : (value as ParameterValue);
}

/** Returns whether the values in a body of a media type have types or are text. */
export function findUse(mediaType: string): Generation['use'] {
  return isJson(mediaType) ? 'request' : 'text';
}

// In the order of preference: the tests check more rules of JSON than of other types.
const CREATABLE = [isJson, isForm, isMultipart, (type: string) => /^text\/(plain|\*)/.test(type), isBinary];

function findBodyType({ requestBody }: Operation): readonly [mediaType: string, media: MediaType] | undefined {
  const content = Object.entries(requestBody?.content ?? {});
  return CREATABLE.map((isType) => content.find(([type]) => isType(type))).find((entry) => entry !== undefined);
}

function explainMissingBody(operation: Operation): Skipped {
  const types = Object.keys(operation.requestBody?.content ?? {});
  const [mediaType] = findBodyType(operation) ?? [];
  if (mediaType !== undefined) return { skipped: `the tests found no value of the schema of the ${mediaType} body` };
  return {
    skipped:
      types.length === 0
        ? 'the operation has no request body'
        : `the tests cannot create a body of the type ${types.join(' or ')}`,
  };
}

/** Returns valid bodies, the one that is most likely to succeed first. Without a valid one, it returns an invalid example. */
function listBodies(operation: Operation, validator: Validator): BaseBody[] {
  const [mediaType, media] = findBodyType(operation) ?? [];
  if (mediaType === undefined || !media) return [];
  const { example, examples = {}, schema = {} } = media;
  const generation = { validator, use: findUse(mediaType) };
  const given = [example, ...Object.values(examples).map(({ value }) => value)].filter((value) => value !== undefined);
  const plain = listPlainValues(schema, generation);
  const usual = [...given, ...plain].filter((value) => isValid(generation, schema, value));
  const dated = usual.slice(0, 1).flatMap((value) => changeDates(schema, value, generation));
  const reduced = usual.flatMap((value) => keepRequired(schema, value, generation));
  const create = (value: unknown, conforms: boolean): BaseBody => ({
    ...serializeBody(mediaType, media, value),
    value,
    isValid: conforms,
    media,
    isReduced: reduced.includes(value),
  });
  const valid = [...usual, ...dated, ...reduced].filter((value) => isValid(generation, schema, value));
  const texts = valid.map((value) => JSON.stringify(value));
  const different = valid.filter((_, index) => texts.indexOf(texts[index] ?? '') === index);
  if (different.length > 0) return different.map((value) => create(value, true));
  return given.slice(0, 1).map((value) => create(value, false));
}

// Some servers want dates in the past, others want them soon.
const DAYS_FROM_NOW = [-400, 14];
const DAY_MS = 86_400_000;

/** Returns copies of a value with all dates in the past, and with all dates soon. */
function changeDates(schema: JsonSchema, value: unknown, generation: Generation): unknown[] {
  const dates = listOwnPlaces(schema, value, generation).flatMap(({ place, schemas }) => {
    const format = schemas.find((one) => one.format === 'date' || one.format === 'date-time')?.format;
    return format === undefined ? [] : [{ place, format }];
  });
  if (dates.length === 0) return [];
  return DAYS_FROM_NOW.map((days) =>
    dates.reduce<unknown>((changed, { place, format }, index) => {
      const time = new Date(Date.now() + (days + index) * DAY_MS).toISOString();
      return replaceAt(changed, place, format === 'date' ? time.slice(0, 10) : time);
    }, value),
  );
}

/** Returns an object with only its required members. */
function keepRequired(schema: JsonSchema, value: unknown, generation: Generation): unknown[] {
  const [whole] = isValid(generation, schema, value) ? listOwnPlaces(schema, value, generation) : [];
  if (!whole || !isObject(value)) return [];
  const required = whole.schemas.flatMap((one) => (one.required ?? []) as readonly string[]);
  return [
    omitMembers(
      value,
      Object.keys(value).filter((name) => !required.includes(name)),
    ),
  ];
}
