import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import type { OpenApiDocument } from '../../src/markdown/index.ts';

async function read(file: URL): Promise<OpenApiDocument> {
  return parse(await readFile(file, 'utf8')) as OpenApiDocument;
}

/** A description with many features of OpenAPI. */
export const kitchenSink = await read(new URL('kitchen-sink.yaml', import.meta.url));

/** The description of the API. */
export const spec = await read(new URL(import.meta.resolve('@firstofficer/spec/openapi.yaml')));
