import { bundle, dereference } from '@apidevtools/json-schema-ref-parser';
import { readDeprecation } from './deprecation.ts';
import { type JsonObject, listOperations, type OperationEntry } from './document.ts';
import { fillEmptyMembers } from './empty-members.ts';
import { restoreMembers } from './hidden.ts';
import { createLocateFunction } from './location.ts';
import type { Description, Operation, Parameter, RequestBody, Response, SecurityScheme } from './operation.ts';
import { hideRecursiveReferences } from './recursion.ts';
import { createParserOptions, readSource, type Source } from './source.ts';
import { upgradeDescription } from './upgrade.ts';

interface OperationObject {
  readonly operationId?: string;
  readonly requestBody?: RequestBody;
  readonly callbacks?: unknown;
  readonly responses?: Readonly<Record<string, Response>>;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
}

interface Document extends JsonObject {
  readonly openapi?: unknown;
  readonly security?: OperationObject['security'];
  readonly components?: { readonly securitySchemes?: Readonly<Record<string, SecurityScheme>> };
}

// OpenAPI ignores header parameters with these names, because it describes these headers in other ways.
const IGNORED_HEADER_PARAMETERS = ['accept', 'content-type', 'authorization'];

/** Returns whether a parameter is part of how HTTP works and not input of the operation. */
function isIgnored({ name, in: location, required }: Parameter, method: string): boolean {
  if (location !== 'header') return false;
  // A cache can add this header to any GET, and the response has the same content or is a 304.
  const isCondition = name.toLowerCase() === 'if-none-match' && method === 'GET' && !required;
  return isCondition || IGNORED_HEADER_PARAMETERS.includes(name.toLowerCase());
}

/**
 * Reads an OpenAPI 3.0, 3.1 or 3.2 description in YAML or JSON, and resolves its references. Returns 3.0 and 3.2 in the
 * form of 3.1: for example, `nullable` becomes a type. References in extensions (`x-…`) stay unresolved.
 *
 * @param location - The path of the description, or its `file:`, `http:` or `https:` URL.
 * @throws Error if the description cannot be read, is not YAML, is not OpenAPI 3, or contains a reference to something
 * that does not exist.
 * @example
 * const { operations } = await loadDescription(new URL('openapi.yaml', import.meta.url));
 */
export async function loadDescription(location: string | URL): Promise<Description> {
  const source = await readSource(location);
  // Recursive references are not resolved. Bundling first turns references to other files into references within this
  // document, so that readers can follow the recursive ones.
  const bundled = await bundleSource(source);
  fillEmptyMembers(bundled);
  upgradeDescription(bundled, source.name);
  const { hasOtherReferences } = hideRecursiveReferences(bundled);
  // The option 'ignore' visits objects again for each reference to them, which takes minutes for large descriptions.
  const circular = hasOtherReferences ? 'ignore' : true;
  const document: Document = await dereference(source.base, bundled, { dereference: { circular, maxDepth: 5000 } });
  restoreMembers(document);
  const entries = listOperations(document);
  return {
    document,
    operations: entries.filter(({ isIncoming }) => !isIncoming).map((entry) => readOperation(document, entry)),
    webhooks: [...new Set(entries.filter(({ isIncoming }) => isIncoming).map(({ path }) => path))],
    locate: createLocateFunction(source, document),
  };
}

async function bundleSource(source: Source): Promise<Record<string, unknown>> {
  try {
    return await bundle(source.base, createParserOptions(source));
  } catch (error) {
    // The parser calls each file a JSON Schema.
    if (!(error instanceof Error && error.message.endsWith('is not a valid JSON Schema'))) throw error;
    throw new Error(`${source.name} is not an OpenAPI description: it is not an object.`);
  }
}

function readOperation(document: Document, { method, path, parameters, definition }: OperationEntry): Operation {
  const { operationId, responses, requestBody, callbacks, security } = definition as OperationObject;
  const deprecation = readDeprecation(definition);
  // Nothing here validates the document: the linter does.
  const unchecked: readonly object[] = parameters;
  return {
    id: operationId ?? `${method} ${path}`,
    method,
    path,
    parameters: (unchecked as readonly Parameter[]).filter((parameter) => !isIgnored(parameter, method)),
    responses: removeExtensions(responses ?? {}),
    requestBody,
    hasCallbacks: callbacks !== undefined,
    security: (security ?? document.security ?? []).map((requirement) =>
      Object.fromEntries(Object.keys(requirement).map((name) => [name, findSecurityScheme(document, name)])),
    ),
    ...(deprecation && { deprecation }),
    definition,
  };
}

function removeExtensions<T>(members: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !name.startsWith('x-')));
}

function findSecurityScheme({ components }: Document, name: string): SecurityScheme {
  const scheme = components?.securitySchemes?.[name];
  // Omitting the scheme would make the operation accept requests without credentials.
  if (!scheme) {
    throw new Error(
      `The description requires the security scheme "${name}", but components.securitySchemes does not define it.`,
    );
  }
  return scheme;
}
