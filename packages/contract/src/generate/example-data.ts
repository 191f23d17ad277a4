import {
  findExamplePairs,
  type JsonSchema,
  type MediaType,
  type Operation,
  type Parameter,
} from '@firstofficer/openapi';
import fc from 'fast-check';
import { sample } from 'openapi-sampler';
import { isJson } from '../http/exchange.ts';
import { isForm, type RequestBody, serializeBody } from '../request/body.ts';
import type { ParameterValue, ParameterValues } from '../request/serialization.ts';
import type { Validator } from '../schema/validation.ts';
import { createValidValues } from './valid-values.ts';

/**
 * Returns parameter values for which an operation is likely to succeed: values that are known for the target, else values
 * of an example pair with a 2xx status, else the example or a sample of each required parameter.
 */
export function createParameterValues(
  operation: Operation,
  known: ParameterValues,
  validator: Validator,
): ParameterValues {
  const success = findExamplePairs(operation).find(({ status }) => status.startsWith('2'))?.parameters ?? {};
  return Object.fromEntries(
    operation.parameters.flatMap((parameter) => {
      const { name, required = false } = parameter;
      const value = known[name] ?? success[name] ?? (required ? createParameterValue(parameter, validator) : undefined);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function createParameterValue(parameter: Parameter, validator: Validator): ParameterValue | undefined {
  const { example, examples = {}, schema } = { ...Object.values(parameter.content ?? {})[0], ...parameter };
  const value = example ?? Object.values(examples)[0]?.value ?? createValue(schema ?? {}, validator);
  return value === null || value === undefined ? undefined : (value as ParameterValue);
}

function createValue(schema: JsonSchema, validator: Validator): unknown {
  const { minLength = 0 } = schema as { minLength?: number };
  const sampled = sampleSchema(schema, validator.document);
  const value = typeof sampled === 'string' ? sampled.padEnd(minLength, 'x') : sampled;
  if (typeof value === 'object' || validator.validateText(schema, value, 'value').length === 0) return value;
  const validValues = createValidValues(schema, validator);
  return validValues ? fc.sample(validValues, { numRuns: 1, seed: 1 })[0] : value;
}

/** A request body and its value before it was serialized. */
export interface BaseBody extends RequestBody {
  readonly value: unknown;
  /** Whether the value conforms to its schema. Examples do not always conform. */
  readonly isValid: boolean;
}

/** Returns a JSON body for an operation, else a form, or undefined if the operation accepts neither. */
export function createBody({ requestBody }: Operation, validator: Validator): BaseBody | undefined {
  const content = Object.entries(requestBody?.content ?? {});
  const [mediaType, media] = content.find(([type]) => isJson(type)) ?? content.find(([type]) => isForm(type)) ?? [];
  if (mediaType === undefined || !media) return undefined;
  let invalid: BaseBody | undefined;
  for (const value of candidateValues(media, validator.document)) {
    if (value === undefined) continue;
    const isValid = validator.validateRequest(media.schema ?? {}, value, 'body').length === 0;
    const body = { ...serializeBody(mediaType, media, value), value, isValid };
    if (isValid) return body;
    invalid ??= body;
  }
  return invalid;
}

/** Returns whether the operation requires a body that the tests cannot create, such as a file. */
export function needsUnsupportedBody(operation: Operation, validator: Validator): boolean {
  return operation.requestBody?.required === true && !createBody(operation, validator);
}

/** Generates the examples of a body, then samples of its schema, which take longer. Some values may be undefined. */
function* candidateValues({ example, examples = {}, schema = {} }: MediaType, document: object): Generator<unknown> {
  yield example;
  for (const { value } of Object.values(examples)) yield value;
  const schemaWithoutExamples = removeExamples(schema);
  yield sampleSchema(schema, document);
  yield sampleSchema(schemaWithoutExamples, document);
  yield sampleSchema(schemaWithoutExamples, document, { skipNonRequired: true });
}

/** Returns a sample value of a schema, or undefined if none can be created. The sample may violate the schema. */
function sampleSchema(schema: JsonSchema, document: object, { skipNonRequired = false } = {}): unknown {
  try {
    return sample(schema, { quiet: true, skipReadOnly: true, skipNonRequired, enablePatterns: true }, document);
  } catch {
    // openapi-sampler cannot follow every reference or generate text for every pattern.
    return undefined;
  }
}

/** Returns a schema without its examples, which do not always conform to it. */
function removeExamples(schema: JsonSchema): JsonSchema {
  const text = JSON.stringify(schema, (name, value: unknown) =>
    name === 'example' || (name === 'examples' && Array.isArray(value)) ? undefined : value,
  );
  return JSON.parse(text) as JsonSchema;
}
