export { type CredentialSource, readApiKey } from './credentials.ts';
export { buildDeprecationHeaders, type Deprecation, readDeprecation } from './deprecation.ts';
export { describeDates, describeDeprecation } from './deprecation-text.ts';
export { asArray, asObject, asString, type JsonObject } from './document.ts';
export { type ExamplePair, findExamplePairs } from './examples.ts';
export { type LinkedRequest, resolveLinks } from './links.ts';
export type { LocateFunction, SourceLocation } from './location.ts';
export {
  type Description,
  type Encoding,
  type Example,
  findResponse,
  type Header,
  type JsonSchema,
  type Link,
  type MediaType,
  type Operation,
  type Parameter,
  type RequestBody,
  type Response,
  type SecurityScheme,
} from './operation.ts';
export { createPathMatcher, decodeSegment, fillPath } from './path.ts';
export { formatPointer, parsePointer, resolvePointer } from './pointer.ts';
