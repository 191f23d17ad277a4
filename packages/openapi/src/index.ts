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
  type Response,
  type SecurityScheme,
} from './description.ts';
export { type ExamplePair, examplePairs } from './examples.ts';
export { followLinks, type LinkedRequest } from './links.ts';
export { decodeSegment, fillPath, matchPath } from './path.ts';
