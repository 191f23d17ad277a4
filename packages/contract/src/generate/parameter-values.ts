import { findExamplePairs, type JsonSchema, type Operation, type Parameter } from '@firstofficer/openapi';
import fc from 'fast-check';
import type { ParameterValue, ParameterValues } from '../request/serialization.ts';
import { textViolations } from '../schema/validation.ts';
import { sampled } from './sample.ts';
import { validValues } from './valid-values.ts';

/**
 * Returns parameter values for which an operation is likely to succeed: values that are known for the target, else values
 * of an example pair with a 2xx status, else the example or a sample of each required parameter.
 */
export function succeedingValues(operation: Operation, known: ParameterValues, document: object): ParameterValues {
  const success = findExamplePairs(operation).find(({ status }) => status.startsWith('2'))?.parameters ?? {};
  return Object.fromEntries(
    operation.parameters.flatMap((parameter) => {
      const { name, required = false } = parameter;
      const value = known[name] ?? success[name] ?? (required ? exampleValue(parameter, document) : undefined);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function exampleValue(parameter: Parameter, document: object): ParameterValue | undefined {
  const { example, examples = {}, schema } = { ...Object.values(parameter.content ?? {})[0], ...parameter };
  const shown = example ?? Object.values(examples)[0]?.value ?? sampleValue(schema ?? {}, document);
  return shown === null || shown === undefined ? undefined : (shown as ParameterValue);
}

function sampleValue(schema: JsonSchema, document: object): unknown {
  const { minLength = 0 } = schema as { minLength?: number };
  const value = sampled(schema, document);
  const text = typeof value === 'string' ? value.padEnd(minLength, 'x') : value;
  if (typeof text === 'object' || textViolations(schema, text, 'value', document).length === 0) return text;
  const values = validValues(schema, document);
  return values ? fc.sample(values, { numRuns: 1, seed: 1 })[0] : text;
}
