import type { MediaType } from '@firstofficer/openapi';
import { mediaTypeOf } from '../http/exchange.ts';
import { hasBody, type OperationExchange } from './operation-exchange.ts';

/** What the description says of the body that a response has; undefined if it says nothing. */
export function documentedBody(exchange: OperationExchange): MediaType | undefined {
  if (!hasBody(exchange) || !exchange.documented) return undefined;
  const type = mediaTypeOf(exchange) ?? '';
  // OpenAPI allows ranges: the most specific key wins.
  const keys = [type, `${type.split('/')[0]}/*`, '*/*'];
  const content = Object.entries(exchange.documented.response.content ?? {});
  return keys.flatMap((key) => content.find(([documented]) => essenceOf(documented) === key)?.[1] ?? [])[0];
}

/** Whether a response has a body that is documented as JSON. */
export function isDocumentedJson(exchange: OperationExchange): boolean {
  return documentedBody(exchange) !== undefined && isJson(mediaTypeOf(exchange) ?? '');
}

export function isJson(mediaType: string): boolean {
  return /^application\/json$|\+json$/.test(essenceOf(mediaType));
}

/** A media type without its parameters, in lower case. */
export function essenceOf(mediaType: string): string {
  return mediaType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
}
