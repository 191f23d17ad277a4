import type { MediaType, Operation } from '@firstofficer/openapi';
import { parseJson } from '../../engine/json.ts';
import { isJsonType, readEssence } from '../../engine/media-type.ts';
import type { ApiRequest, Violation } from '../../engine/tools.ts';
import { isForm, parseForm } from './forms.ts';

/** A request body that can be validated against the schema of one of its documented content types. */
interface ParsedBody {
  /** The documented content type. */
  readonly mediaType: string;
  readonly value: unknown;
}

/** The result of parsing a request body: what is wrong with it, or its value. Neither if there is nothing to validate. */
type BodyResult = { readonly violation: Violation } | { readonly body: ParsedBody | undefined };

/** Parses the body of a request according to its content type. */
export async function parseBody({ requestBody }: Operation, { headers, body }: ApiRequest): Promise<BodyResult> {
  if (!requestBody) return { body: undefined };
  if (body === undefined) {
    return requestBody.required ? createResult('body', 'is required') : { body: undefined };
  }
  const content = requestBody.content ?? {};
  const contentType = headers['content-type'];
  const essence = readEssence(contentType ?? Object.keys(content)[0] ?? '');
  const mediaType = findContent(content, essence);
  if (mediaType === undefined) {
    if (Object.keys(content).length === 0) return { body: undefined };
    const violation = createResult('header.content-type', `must be ${Object.keys(content).join(' or ')}`).violation;
    return { violation: { ...violation, status: 415 } };
  }
  if (isJsonType(essence)) return parseJsonBody(mediaType, body);
  if (isForm(essence)) {
    const form = await parseForm({ text: body, contentType: contentType ?? essence }, content[mediaType] ?? {});
    return form ? { body: { mediaType, value: form } } : createResult('body', `is not ${essence}`);
  }
  // Other formats, such as XML, would need a parser.
  const isText = essence.startsWith('text/') && content[mediaType]?.schema !== undefined;
  return { body: isText ? { mediaType, value: body } : undefined };
}

function parseJsonBody(mediaType: string, text: string): BodyResult {
  const value = parseJson(text);
  return value === undefined ? createResult('body', 'is not valid JSON') : { body: { mediaType, value } };
}

function createResult(location: string, message: string): { readonly violation: Violation } {
  return { violation: { location, message, status: 400 } };
}

/** Returns the documented content type that describes a media type: the type itself, or the most specific range. */
function findContent(content: Readonly<Record<string, MediaType>>, essence: string): string | undefined {
  const [type = '', subtype = ''] = essence.split('/');
  const suffix = subtype.includes('+') ? [`${type}/*+${subtype.split('+').at(-1)}`] : [];
  const candidates = [essence, ...suffix, `${type}/*`, '*/*'];
  for (const candidate of candidates) {
    const found = Object.keys(content).find((documented) => readEssence(documented) === candidate);
    if (found !== undefined) return found;
  }
  return undefined;
}
