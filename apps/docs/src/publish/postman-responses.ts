import { STATUS_CODES } from 'node:http';
import { type GivenExample, givenExamples } from '../markdown/examples.ts';
import type { FoundOperation } from '../markdown/find-operation.ts';
import { type JsonObject, namedIn, type OpenApiDocument } from '../markdown/openapi.ts';
import { exampleOf, exampleText } from './postman-examples.ts';
import { stableId } from './stable-id.ts';

/** Every documented example of a response as Postman saves responses, each with the request that it answers. */
export function savedResponses(
  document: OpenApiDocument,
  { operation }: FoundOperation,
  itemId: string,
  requestWith: (name: string | undefined) => JsonObject,
): JsonObject[] {
  return namedIn(document, operation.responses).flatMap(([status, response]) =>
    namedIn(document, response.content).flatMap(([mediaType, media]) =>
      givenExamples(document, media)
        .filter(({ value }) => value !== undefined)
        .map((example, index) => ({
          id: stableId(itemId, status, mediaType, example.name ?? String(index)),
          name: example.title,
          originalRequest: requestWith(example.name),
          status: STATUS_CODES[codeOf(status)] ?? '',
          code: codeOf(status),
          _postman_previewlanguage: languageOf(mediaType),
          header: [{ key: 'Content-Type', value: mediaType }, ...headersOf(document, response)],
          cookie: [],
          body: bodyOf(example, mediaType),
        })),
    ),
  );
}

/** A range of statuses, or all others, shows as one of them. */
function codeOf(status: string): number {
  return status === 'default' ? 500 : Number(status.replaceAll(/X/gi, '0'));
}

function headersOf(document: OpenApiDocument, response: JsonObject): JsonObject[] {
  return namedIn(document, response.headers).flatMap(([key, header]) => {
    const value = exampleOf(document, header, undefined);
    return value === undefined ? [] : [{ key, value: exampleText(value) }];
  });
}

function bodyOf({ value }: GivenExample, mediaType: string): string {
  return languageOf(mediaType) === 'json' ? JSON.stringify(value, null, 2) : exampleText(value, 2);
}

function languageOf(mediaType: string): string {
  return /[/+](json|xml|html)\b/i.exec(mediaType)?.[1]?.toLowerCase() ?? 'text';
}
