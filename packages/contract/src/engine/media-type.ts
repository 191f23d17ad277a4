import type { MediaType } from '@firstofficer/openapi';
import { mediaTypeOf } from '../http/exchange.ts';
import { hasBody, type OperationExchange } from './operation-exchange.ts';

/** What the description says of the body that a response has; undefined if it says nothing. */
export function documentedBody(exchange: OperationExchange): MediaType | undefined {
  if (!hasBody(exchange) || !exchange.documented) return undefined;
  const { content = {} } = exchange.documented.response;
  const type = mediaTypeOf(exchange) ?? '';
  // OpenAPI allows ranges: the most specific key wins.
  const key = [type, `${type.split('/')[0]}/*`, '*/*'].find((candidate) => Object.hasOwn(content, candidate));
  return key === undefined ? undefined : content[key];
}

/** Whether a response has a body that is documented as JSON. */
export function isDocumentedJson(exchange: OperationExchange): boolean {
  return documentedBody(exchange) !== undefined && isJson(mediaTypeOf(exchange) ?? '');
}

export function isJson(mediaType: string): boolean {
  return /^application\/json$|\+json$/.test(mediaType);
}
