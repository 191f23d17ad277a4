import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LANGUAGES, TOPICS } from './kinds.ts';
import type { Sample } from './sample.ts';

const SAMPLES = fileURLToPath(new URL('../../samples', import.meta.url));

/**
 * Reads the samples of all operations: topic by topic, the happy path first, each in every language.
 *
 * @throws Error with the code `ENOENT` and the path of the file, if a topic lacks a language.
 * @example
 * const samples = await readSamples();
 */
export async function readSamples(root = SAMPLES): Promise<Sample[]> {
  const samples: Promise<Sample>[] = [];
  const entries = await readdir(root, { withFileTypes: true });
  // What an editor or a file manager leaves beside the folders is no operation.
  const operations = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  for (const operationId of operations.toSorted()) {
    // Not every operation has a customer to lose: its folders say what there is to show.
    const folders = await readdir(join(root, operationId));
    for (const topic of Object.keys(TOPICS).filter((name) => folders.includes(name))) {
      samples.push(...Object.keys(LANGUAGES).map((language) => readSample(root, operationId, topic, language)));
    }
  }
  return Promise.all(samples);
}

async function readSample(root: string, operationId: string, topic: string, language: string): Promise<Sample> {
  const file = `${operationId}/${topic}/${language}`;
  const lang = LANGUAGES[language] ?? language;
  const label = [lang, TOPICS[topic]].filter(Boolean).join(': ');
  const source = (await readFile(join(root, file), 'utf8')).replace(/\n$/, '');
  return { operationId, topic, lang, label, source, file };
}
