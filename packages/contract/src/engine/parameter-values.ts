import { examplePairs, type Operation, type Parameter } from '@firstofficer/openapi';
import { sample } from 'openapi-sampler';

type Value = string | number | boolean;

/** Values of parameters, by name. A list is a parameter that is given several times. */
export type ParameterValues = Readonly<Record<string, Value | readonly Value[]>>;

/**
 * Values by which an operation is likely to succeed: those that are known of the target, then those of an example of
 * success, then those that the description shows of each parameter.
 */
export function succeedingValues(operation: Operation, known: ParameterValues): ParameterValues {
  const success = examplePairs(operation).find(({ status }) => status.startsWith('2'))?.parameters ?? {};
  return Object.fromEntries(
    operation.parameters.flatMap((parameter) => {
      const { name, required = false } = parameter;
      const value = known[name] ?? success[name] ?? (required ? shownValue(parameter) : undefined);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function shownValue({ example, examples = {}, schema = {} }: Parameter): Value | readonly Value[] | undefined {
  const shown = example ?? Object.values(examples)[0]?.value ?? sampled(schema);
  if (Array.isArray(shown)) return shown.filter(isValue);
  return isValue(shown) ? shown : undefined;
}

function sampled(schema: object): unknown {
  const { minLength = 0 } = schema as { minLength?: number };
  const value = sample(schema, { quiet: true });
  return typeof value === 'string' ? value.padEnd(minLength, 'x') : value;
}

function isValue(value: unknown): value is Value {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
