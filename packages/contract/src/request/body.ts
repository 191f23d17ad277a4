import type { MediaType } from '@firstofficer/openapi';
import { isJson } from '../http/exchange.ts';

/** A request body as it is sent. */
export interface RequestBody {
  readonly mediaType: string;
  readonly content: string | Buffer;
}

/** Returns whether a media type is that of an HTML form without files. */
export function isForm(mediaType: string): boolean {
  return mediaType === 'application/x-www-form-urlencoded';
}

/** Serializes a value as JSON or as a form. */
export function serializeBody(mediaType: string, _media: MediaType, value: unknown): RequestBody {
  return { mediaType, content: isJson(mediaType) ? JSON.stringify(value) : serializeForm(value) };
}

function serializeForm(value: unknown): string {
  const form = new URLSearchParams();
  for (const [name, member] of Object.entries(value ?? {})) {
    for (const item of [member].flat())
      form.append(name, typeof item === 'object' ? JSON.stringify(item) : String(item));
  }
  return form.toString();
}
