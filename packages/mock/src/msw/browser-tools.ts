import { createPathMatcher, decodeSegment, type Operation } from '@firstofficer/openapi/browser';
import type { ApiRequest, Tools, Violation } from '../engine/tools.ts';
import { validators } from '../generated/validators.ts';

interface Validator {
  (parameters: unknown): boolean;
  readonly errors?: readonly { readonly instancePath: string; readonly message?: string }[] | null;
}

const VALIDATORS: Readonly<Record<string, Validator | undefined>> = validators;

/** What the engine needs, in a browser: without a file, without Prism, and without code that is created from a text. */
export const browserTools: Tools = {
  async validate(operation, request) {
    const validate = VALIDATORS[operation.id];
    if (!validate || validate(readParameters(operation, request))) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message = 'is invalid' }): Violation => ({
        location: instancePath.slice(1).replaceAll('/', '.'),
        message,
        status: 400,
      }),
    );
  },
  async generate({ operation, key }) {
    throw new Error(
      `The response ${key} of ${operation.id} has no example, and the mock cannot generate data in a browser. Use the mock in Node.`,
    );
  },
};

/** Returns a copy of the parameters of a request, because the validator changes it. */
function readParameters({ path }: Operation, request: ApiRequest): unknown {
  const segments = Object.entries(createPathMatcher(path)(request.path) ?? {});
  return {
    path: Object.fromEntries(segments.map(([name, segment]) => [name, decodeSegment(segment)])),
    query: { ...request.query },
    header: { ...request.headers },
  };
}
