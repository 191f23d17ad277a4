import type { MediaType, Operation } from '@firstofficer/openapi';
import { isJson } from '../http/media-type.ts';
import { requestViolations } from '../schema/validation.ts';
import { sampled, sampledAnew } from './sample.ts';

/** A request body. */
export interface SentBody {
  readonly mediaType: string;
  readonly text: string;
}

/** A body from an example of the description or generated from its schema. */
interface ExampleBody extends SentBody {
  readonly value: unknown;
  /** Whether it conforms to its schema. Examples do not always. */
  readonly isValid: boolean;
}

const bodies = new WeakMap<Operation, { readonly body: ExampleBody | undefined }>();

/** Returns a JSON body for an operation, else a form, or undefined if the operation accepts neither. */
export function exampleBody(operation: Operation, document: object): ExampleBody | undefined {
  const known = bodies.get(operation) ?? { body: createBody(operation, document) };
  bodies.set(operation, known);
  return known.body;
}

function createBody({ requestBody }: Operation, document: object): ExampleBody | undefined {
  const content = Object.entries(requestBody?.content ?? {});
  const [mediaType, media] = content.find(([type]) => isJson(type)) ?? content.find(([type]) => isForm(type)) ?? [];
  if (mediaType === undefined || !media) return undefined;
  const isValid = (value: unknown) => requestViolations(media.schema ?? {}, value, 'body', document).length === 0;
  const values = exampleValues(media, document);
  const value = values.find(isValid) ?? values[0];
  if (value === undefined) return undefined;
  const text = isJson(mediaType) ? JSON.stringify(value) : formOf(value);
  return { mediaType, text, value, isValid: isValid(value) };
}

/** Returns whether the operation requires a body that the tests cannot generate, such as a file. */
export function needsOtherBody(operation: Operation, document: object): boolean {
  return operation.requestBody?.required === true && !exampleBody(operation, document);
}

function exampleValues({ example, examples = {}, schema = {} }: MediaType, document: object): unknown[] {
  const shown = [example, ...Object.values(examples).map(({ value }) => value)];
  const sampleValue = [false, true].map((skipNonRequired) => sampledAnew(schema, document, skipNonRequired));
  return [...shown, sampled(schema, document), ...sampleValue].filter((value) => value !== undefined);
}

function isForm(mediaType: string): boolean {
  return mediaType === 'application/x-www-form-urlencoded';
}

function formOf(value: unknown): string {
  const form = new URLSearchParams();
  for (const [name, member] of Object.entries(value ?? {})) {
    for (const item of [member].flat())
      form.append(name, typeof item === 'object' ? JSON.stringify(item) : String(item));
  }
  return form.toString();
}
