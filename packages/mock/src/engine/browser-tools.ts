import { parsePointer } from '@firstofficer/openapi/browser';
import type { BodyViolation, ExampleChecks } from './examples/check-example.ts';
import type { ApiRequest, Tools } from './tools.ts';

/**
 * A function that `pnpm generate` or `@firstofficer/mock/generate` makes from a schema. After it returns false, it has
 * the errors.
 *
 * @example
 * const isText: Validator = (value) => typeof value === 'string';
 */
export interface Validator {
  (value: unknown): boolean;
  readonly errors?: readonly ValidationError[] | null;
}

/**
 * An error of a {@link Validator}.
 *
 * @example
 * const error: ValidationError = { instancePath: '/query/limit', message: 'must be >= 1', params: {} };
 */
export interface ValidationError {
  /** A JSON Pointer. */
  readonly instancePath: string;
  readonly message?: string;
  readonly params: { readonly missingProperty?: string };
}

/**
 * Validators by name. The name is the ID of an operation. For bodies, a space and the key of the response follow it.
 *
 * @example
 * import { validators } from './generated/parameters.ts';
 *
 * const parameterValidators: Validators = validators;
 */
export type Validators = Readonly<Record<string, Validator | undefined>>;

/**
 * Creates what the engine needs, in a browser: without files, without Prism, and without code that is created from text.
 *
 * @param bodyValidators - Validate own examples.
 */
export function createBrowserTools(
  parameterValidators: Validators,
  bodyValidators: Validators = {},
): Tools & ExampleChecks {
  return {
    async validate(operation, request) {
      const errors = listErrors(parameterValidators, operation.id, readParameters(request));
      return errors.map((error) => {
        const { path, message } = describeError(error, 'is required');
        return { location: path.join('.'), message, status: 400 };
      });
    },
    async validateBody({ operation, key }, body) {
      const errors = listErrors(bodyValidators, `${operation.id} ${key}`, body);
      return errors.map((error) => describeError(error, 'is missing'));
    },
    async generate({ operation, key }) {
      throw new Error(
        `a browser cannot generate data for the response ${key} of ${operation.id}. Use the mock in Node, or an example.`,
      );
    },
  };
}

function listErrors(validators: Validators, name: string, value: unknown): readonly ValidationError[] {
  const validate = validators[name];
  return validate && !validate(value) ? (validate.errors ?? []) : [];
}

/** Returns a copy of the parameters of a request, because the validator changes it. Prism ignores empty path parameters. */
function readParameters({ pathParameters, query, headers }: ApiRequest): unknown {
  return {
    path: Object.fromEntries(Object.entries(pathParameters).filter(([, value]) => value !== '')),
    query: { ...query },
    header: { ...headers },
  };
}

/** Returns the place and the message of an error. The place of a missing member is that of the member. */
function describeError({ instancePath, message = '', params }: ValidationError, missing: string): BodyViolation {
  const path = parsePointer(instancePath);
  const { missingProperty } = params;
  return missingProperty === undefined ? { path, message } : { path: [...path, missingProperty], message: missing };
}
