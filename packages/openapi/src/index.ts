export { type KeyCarrier, keyIn } from './credentials.ts';
export {
  type Description,
  type Example,
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
export { type ExamplePair, examplePairs } from './examples.ts';
export { followLinks, type LinkedRequest } from './links.ts';
export type { Locate, Location } from './location.ts';
export { decodeSegment, fillPath, pathMatcher } from './path.ts';
export { responseFor } from './response.ts';
