export { type CredentialSource, readApiKey } from './credentials.ts';
export {
  type Description,
  type Encoding,
  type Example,
  findResponse,
  type Header,
  type JsonSchema,
  type Link,
  loadDescription,
  type MediaType,
  type Operation,
  type Parameter,
  type RequestBody,
  type Response,
  type SecurityScheme,
} from './description.ts';
export {
  asArray,
  asObject,
  asString,
  findReferenceTarget,
  type JsonObject,
  listCallbacks,
  listEntries,
  listOperations,
  type OperationEntry,
  resolveReference,
} from './document.ts';
export { type ExamplePair, findExamplePairs } from './examples.ts';
export { hideExtensions } from './extensions.ts';
export { type LinkedRequest, resolveLinks } from './links.ts';
export type { LocateFunction, SourceLocation } from './location.ts';
export { createPathMatcher, decodeSegment, fillPath } from './path.ts';
export { formatPointer, resolvePointer } from './pointer.ts';
