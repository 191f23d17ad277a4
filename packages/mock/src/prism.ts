import type { Description, Operation } from '@firstofficer/openapi';
import { createLogger } from '@stoplight/prism-core';
import {
  createInstance,
  getHttpOperationsFromSpec,
  type IHttpRequest,
  type ProblemJsonError,
} from '@stoplight/prism-http';
import { type Answer, answerOf, problem } from './answer.ts';

/** A request to an operation, its path parameters known to be valid percent-encoding. */
interface PrismRequest {
  readonly path: string;
  readonly query: Readonly<Record<string, string | string[]>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Which response Prism is to give; without a status it gives the first success. */
export interface Wish {
  readonly status?: string | undefined;
  readonly example?: string | undefined;
  /** Whether a request that breaks the description gets the documented 400 or 422 instead. Default: true. */
  readonly validate?: boolean;
}

/** Answers requests from the examples of a description. */
export type Respond = (operation: Operation, request: PrismRequest, wish: Wish) => Promise<Answer>;

const CONFIG = {
  isProxy: false,
  // Prism accepts any key and cannot know ours: the key has been checked before.
  checkSecurity: false,
  validateRequest: true,
  validateResponse: false,
  errors: false,
  upstreamProxy: undefined,
  mock: { dynamic: false },
} as const;

/** Sets Prism up as a library, without its server. */
export async function createPrism({ document }: Description): Promise<Respond> {
  const resources = await getHttpOperationsFromSpec(document);
  const prism = createInstance(CONFIG, { logger: createLogger('mock', { level: 'silent' }) });

  return async (operation, { path, query, headers, body }, { status, example, validate = true }) => {
    const method = operation.method.toLowerCase() as IHttpRequest['method'];
    // Only the operation at hand: which one it is has been decided.
    const resource = resources.filter((candidate) => candidate.path === operation.path && candidate.method === method);
    const mock = {
      dynamic: false,
      ...(status !== undefined && { code: Number(status) }),
      ...(example !== undefined && { exampleKey: example }),
    };
    const result = await prism.request({ method, url: { path, query }, headers, body }, resource, {
      ...CONFIG,
      validateRequest: validate,
      mock,
    })();
    if (result._tag === 'Left') {
      const error: Partial<ProblemJsonError> & Error = result.left;
      return problem(error.status ?? 500, error.detail ?? error.message);
    }
    const { output } = result.right;
    return answerOf(output.statusCode, output.headers ?? {}, output.body);
  };
}
