import { readdir, readFile } from 'node:fs/promises';
import { LANGUAGES, TOPICS } from './kinds.ts';
import type { Sample } from './sample.ts';

const SAMPLES = new URL('../../samples/', import.meta.url);

/**
 * Reads the samples of all operations: topic by topic, the happy path first, each in every language.
 *
 * @throws Error with the code `ENOENT` and the path of the file, if a topic lacks a language.
 * @example
 * const samples = await readSamples();
 */
export async function readSamples(): Promise<Sample[]> {
  const samples: Promise<Sample>[] = [];
  for (const operationId of (await readdir(SAMPLES)).toSorted()) {
    // Not every operation has a customer to lose: its folders say what there is to show.
    const folders = await readdir(new URL(operationId, SAMPLES));
    for (const topic of Object.keys(TOPICS).filter((name) => folders.includes(name))) {
      samples.push(...Object.keys(LANGUAGES).map((language) => readSample(operationId, topic, language)));
    }
  }
  return Promise.all(samples);
}

async function readSample(operationId: string, topic: string, language: string): Promise<Sample> {
  const file = `${operationId}/${topic}/${language}`;
  const lang = LANGUAGES[language] ?? language;
  const label = [lang, TOPICS[topic]].filter(Boolean).join(': ');
  const source = (await readFile(new URL(file, SAMPLES), 'utf8')).replace(/\n$/, '');
  return { operationId, topic, lang, label, source, file };
}
