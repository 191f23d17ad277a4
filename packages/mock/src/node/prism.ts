import { type Description, hideExtensions, type Operation } from '@firstofficer/openapi';
import { createLogger } from '@stoplight/prism-core';
import {
  createInstance,
  getHttpOperationsFromSpec,
  type IHttpRequest,
  type ProblemJsonError,
} from '@stoplight/prism-http';
import type { PrismRequest, Responder } from '../engine/responder.ts';
import { createErrorResponse, createResponse } from '../engine/response.ts';

/** Prism as a library, without its HTTP server. */
export interface Prism {
  readonly respond: Responder;
  /** Returns whether Prism finds no error and no warning in a request. */
  isValid(operation: Operation, request: PrismRequest): Promise<boolean>;
}

const CONFIG = {
  isProxy: false,
  // Prism accepts any API key, so the handler checks the key before it calls Prism.
  checkSecurity: false,
  validateRequest: true,
  validateResponse: false,
  errors: false,
  upstreamProxy: undefined,
  mock: { dynamic: false },
} as const;

/** Loads a description into Prism. */
export async function createPrism({ document }: Description): Promise<Prism> {
  // Prism would resolve the references in extensions, which may lead nowhere.
  const withoutExtensions = structuredClone(document);
  hideExtensions(withoutExtensions);
  const resources = await getHttpOperationsFromSpec(withoutExtensions);
  const logger = createLogger('mock', { level: 'silent' });
  const prism = createInstance(CONFIG, { logger });
  // Prism exports no function that only validates. This instance validates and then returns a fixed response.
  const validator = createInstance(CONFIG, {
    logger,
    mock: () => () => ({ _tag: 'Right', right: { statusCode: 204 } }),
  });

  // Prism gets only this operation, because the handler has already selected it.
  const findResources = ({ path, method }: Operation) =>
    resources.filter((resource) => resource.path === path && resource.method === method.toLowerCase());

  return {
    async isValid(operation, request) {
      const result = await validator.request(toPrismInput(operation, request), findResources(operation))();
      return result._tag === 'Right' && result.right.validations.input.length === 0;
    },
    async respond(operation, request, { status, example, validate = true }) {
      const found = findResources(operation);
      // Prism does not know methods such as QUERY, which OpenAPI has since version 3.2.
      if (found.length === 0) return createErrorResponse(501, `The mock cannot serve the method ${operation.method}.`);
      const mock = {
        ...CONFIG.mock,
        ...(status !== undefined && { code: Number(status) }),
        ...(example !== undefined && { exampleKey: example }),
      };
      const config = { ...CONFIG, validateRequest: validate, mock };
      const result = await prism.request(toPrismInput(operation, request), found, config)();
      if (result._tag === 'Left') {
        const error: Partial<ProblemJsonError> & Error = result.left;
        return createErrorResponse(error.status ?? 500, error.detail ?? error.message);
      }
      const { output } = result.right;
      return createResponse(output.statusCode, output.headers ?? {}, output.body);
    },
  };
}

function toPrismInput({ method }: Operation, { path, query, headers, body }: PrismRequest): IHttpRequest {
  return { method: method.toLowerCase() as IHttpRequest['method'], url: { path, query }, headers, body };
}
