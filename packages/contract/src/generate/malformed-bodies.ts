import type { Operation } from '@firstofficer/openapi';
import { isJson, removeParameters } from '../http/exchange.ts';
import { isMultipart, type RequestBody } from '../request/body.ts';
import type { BaseBody } from './base-data.ts';

/** A body that a server cannot read, whatever its schema. */
export interface MalformedBody {
  readonly name: string;
  /** Undefined if the request has none. */
  readonly body: RequestBody | undefined;
  /** Whether servers may have a good reason to accept the body. */
  readonly isDisputed: boolean;
}

/** Returns bodies that are missing, cannot be parsed, or have a media type that the operation does not accept. */
export function listMalformedBodies({ requestBody, responses }: Operation, body: BaseBody): MalformedBody[] {
  const { mediaType, content } = body;
  const accepted = Object.keys(requestBody?.content ?? {}).map(removeParameters);
  const accepts = (type: string) =>
    accepted.some((one) => one === type || one === '*/*' || one === `${type.split('/')[0]}/*`);
  const malformed: MalformedBody[] = [];
  const add = (name: string, changed: RequestBody | undefined, isDisputed = false) =>
    malformed.push({ name, body: changed, isDisputed });
  if (requestBody?.required) add('no body', undefined);
  if (isJson(mediaType)) {
    add('truncated JSON', { mediaType, content: String(content).slice(0, -1) });
    add('JSON with a comma at the end', { mediaType, content: String(content).replace(/(?=[}\]]$)/, ',') });
    add('text that is not JSON', { mediaType, content: 'no JSON' });
  }
  // Many servers do not look at the type of a body that they can read, and the description does not say that they do.
  const mayIgnoreType = responses['415'] === undefined;
  const other = isJson(mediaType) ? 'text/plain' : 'application/json';
  const text = isJson(mediaType) ? content : JSON.stringify(body.value);
  if (!accepts(other)) add(`the type ${other}`, { mediaType: other, content: text }, mayIgnoreType);
  if (!accepts('application/xml')) {
    add('XML', { mediaType: 'application/xml', content: '<?xml version="1.0"?>\n<a/>\n' });
  }
  if (isMultipart(mediaType)) {
    const bytes = Buffer.from(content);
    add(
      'multipart without the last boundary',
      { mediaType, content: bytes.subarray(0, bytes.lastIndexOf('--', -5)) },
      true,
    );
    add('multipart without the parameter boundary', { mediaType: 'multipart/form-data', content: bytes }, true);
  }
  return malformed;
}
