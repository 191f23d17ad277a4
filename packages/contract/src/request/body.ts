import type { JsonSchema, MediaType } from '@firstofficer/openapi';
import { isJson, removeParameters } from '../http/exchange.ts';
import { serializeQueryParameter } from './serialization.ts';

/** A request body as it is sent. */
export interface RequestBody {
  readonly mediaType: string;
  readonly content: string | Buffer;
}

/** Returns whether a media type is that of an HTML form without files. */
export function isForm(mediaType: string): boolean {
  return removeParameters(mediaType) === 'application/x-www-form-urlencoded';
}

/** Returns whether a media type is that of an HTML form with files. */
export function isMultipart(mediaType: string): boolean {
  return removeParameters(mediaType) === 'multipart/form-data';
}

/** Returns whether a media type stands for any bytes. */
export function isBinary(mediaType: string): boolean {
  return ['application/octet-stream', 'application/*', '*/*'].includes(removeParameters(mediaType));
}

/** Serializes a value as a body: as JSON, as a form, as a form with files, or as text. */
export function serializeBody(mediaType: string, media: MediaType, value: unknown): RequestBody {
  if (isJson(mediaType)) return { mediaType, content: JSON.stringify(value) };
  if (isForm(mediaType)) return { mediaType, content: serializeForm(media, value) };
  if (isMultipart(mediaType)) return serializeMultipart(media, value);
  const content = typeof value === 'string' ? value : JSON.stringify(value);
  return { mediaType: mediaType.includes('*') ? 'application/octet-stream' : mediaType, content };
}

function listMembers(value: unknown): [name: string, member: unknown][] {
  return Object.entries(value ?? {}).filter(([, member]) => member !== undefined && member !== null);
}

function serializeForm({ encoding = {} }: MediaType, value: unknown): string {
  return listMembers(value)
    .map(([name, member]) => {
      const { style, explode } = encoding[name] ?? {};
      if (style !== undefined || explode !== undefined) {
        const parameter = {
          name,
          in: 'query',
          ...(style !== undefined && { style }),
          ...(explode !== undefined && { explode }),
        } as const;
        return serializeQueryParameter(parameter, member as string).replaceAll('%20', '+');
      }
      const form = new URLSearchParams();
      for (const item of [member].flat()) form.append(name, formatText(item));
      return form.toString();
    })
    .filter((text) => text !== '')
    .join('&');
}

const BOUNDARY = 'boundary-of-firstofficer-contract';
// The smallest picture: some servers check the first bytes of a file.
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Serializes a value as multipart/form-data (RFC 7578). Binary members are files. */
function serializeMultipart({ schema, encoding = {} }: MediaType, value: unknown): RequestBody {
  const parts = listMembers(value).flatMap(([name, member]) => {
    const one = findMember(schema, name);
    return (Array.isArray(member) ? member : [member]).map((item) => {
      const file = findFileType(one) ?? findFileType((one?.items ?? {}) as JsonSchema);
      const type =
        encoding[name]?.contentType?.split(',')[0]?.trim() ??
        file ??
        (typeof item === 'object' ? 'application/json' : undefined);
      const lines = [
        `--${BOUNDARY}`,
        `Content-Disposition: form-data; name="${escapeName(name)}"${file === undefined ? '' : '; filename="file"'}`,
        ...(type === undefined ? [] : [`Content-Type: ${type}`]),
      ];
      const content = file !== undefined && type === 'image/png' ? PNG : Buffer.from(formatText(item));
      return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), content, Buffer.from('\r\n')]);
    });
  });
  return {
    mediaType: `multipart/form-data; boundary=${BOUNDARY}`,
    content: Buffer.concat([...parts, Buffer.from(`--${BOUNDARY}--\r\n`)]),
  };
}

function findMember(schema: JsonSchema | undefined, name: string): JsonSchema | undefined {
  const { properties = {}, allOf = [] } = (schema ?? {}) as {
    readonly properties?: Readonly<Record<string, JsonSchema>>;
    readonly allOf?: readonly JsonSchema[];
  };
  return properties[name] ?? allOf.map((part) => findMember(part, name)).find((found) => found !== undefined);
}

/** Returns the media type of a file, or undefined if the member is not a file. */
function findFileType(schema: JsonSchema | undefined): string | undefined {
  const { format, contentMediaType, contentEncoding } = (schema ?? {}) as Readonly<Record<string, string | undefined>>;
  if (contentMediaType !== undefined && contentEncoding === undefined) return contentMediaType;
  return format === 'binary' ? 'application/octet-stream' : undefined;
}

/** Escapes a name as browsers do. */
function escapeName(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function formatText(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
