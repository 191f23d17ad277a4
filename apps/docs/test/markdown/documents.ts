import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import type { OpenApiDocument } from '../../src/markdown/index.ts';

async function read(file: URL): Promise<OpenApiDocument> {
  return parse(await readFile(file, 'utf8')) as OpenApiDocument;
}

/** A description with a little of everything. */
export const kitchenSink = await read(new URL('kitchen-sink.yaml', import.meta.url));

/** The API's own description. */
export const spec = await read(new URL(import.meta.resolve('@firstofficer/spec/openapi.yaml')));
