import { readFile } from 'node:fs/promises';
import { type Guide, readGuides } from '../guides/index.ts';
import { readSamples, type Sample } from '../samples/index.ts';

/** What the site is made of, as it lies in files. */
export interface Content {
  /** The spec, byte for byte. */
  readonly spec: string;
  readonly guides: readonly Guide[];
  readonly samples: readonly Sample[];
}

/**
 * Reads what the site is made of.
 *
 * @throws Error that names the file, if one cannot be read or a guide is not written as guides are.
 * @example
 * const content = await readContent('spec/openapi.yaml');
 */
export async function readContent(spec: string): Promise<Content> {
  const [text, guides, samples] = await Promise.all([readFile(spec, 'utf8'), readGuides(), readSamples()]);
  return { spec: text, guides, samples };
}
