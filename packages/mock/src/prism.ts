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
export interface PrismRequest {
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

/** What Prism does, as a whole and in part. */
export interface Prism {
  readonly respond: Respond;
  /** Says whether a request keeps to the description, without so much as a warning. */
  isFaultless(operation: Operation, request: PrismRequest): Promise<boolean>;
}

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
export async function createPrism({ document }: Description): Promise<Prism> {
  const resources = await getHttpOperationsFromSpec(document);
  const logger = createLogger('mock', { level: 'silent' });
  const prism = createInstance(CONFIG, { logger });
  // Prism has no validation by itself: this is all of it but the making of a response.
  const validator = createInstance(CONFIG, {
    logger,
    mock: () => () => ({ _tag: 'Right', right: { statusCode: 204 } }),
  });

  // Only the operation at hand: which one it is has been decided.
  const resourceOf = ({ path, method }: Operation) =>
    resources.filter((resource) => resource.path === path && resource.method === method.toLowerCase());

  return {
    async isFaultless(operation, request) {
      const result = await validator.request(inputOf(operation, request), resourceOf(operation))();
      return result._tag === 'Right' && result.right.validations.input.length === 0;
    },
    async respond(operation, request, { status, example, validate = true }) {
      const mock = {
        dynamic: false,
        ...(status !== undefined && { code: Number(status) }),
        ...(example !== undefined && { exampleKey: example }),
      };
      const config = { ...CONFIG, validateRequest: validate, mock };
      const result = await prism.request(inputOf(operation, request), resourceOf(operation), config)();
      if (result._tag === 'Left') {
        const error: Partial<ProblemJsonError> & Error = result.left;
        return problem(error.status ?? 500, error.detail ?? error.message);
      }
      const { output } = result.right;
      return answerOf(output.statusCode, output.headers ?? {}, output.body);
    },
  };
}

function inputOf({ method }: Operation, { path, query, headers, body }: PrismRequest): IHttpRequest {
  return { method: method.toLowerCase() as IHttpRequest['method'], url: { path, query }, headers, body };
}
