import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// In the order in which readers meet them.

/** What samples show, by the names of their folders. The happy path needs no more of a label than its language. */
export const TOPICS: Readonly<Record<string, string>> = {
  retrieve: '',
  'lost-customer': 'a lost customer',
  errors: 'errors',
};

/** The languages of samples, by the names of their files. */
export const LANGUAGES: Readonly<Record<string, string>> = {
  'curl.sh': 'cURL',
  'typescript.ts': 'TypeScript',
  'ruby.rb': 'Ruby',
  'python.py': 'Python',
};

/**
 * A piece of code that calls the API, as readers of the docs see it.
 *
 * @example
 * const { label, source }: Sample = (await readSamples())[0];
 */
export interface Sample {
  /** The operation that it calls, such as `retrieveCustomer`. */
  readonly operationId: string;
  /** What it shows, such as `lost-customer`. */
  readonly topic: string;
  /** The language, as Redoc names it: `cURL`, `TypeScript`, `Ruby` or `Python`. */
  readonly lang: string;
  /** What distinguishes it from the other samples of its operation: `Ruby: a lost customer`. */
  readonly label: string;
  /** The code: all of its file but the line break at its end. */
  readonly source: string;
  /** Its file below `samples`, such as `retrieveCustomer/retrieve/ruby.rb`. */
  readonly file: string;
}

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
