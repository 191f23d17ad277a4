import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The topics in the order of the reference: folder names and their labels. The happy path has no label. */
export const TOPICS: Readonly<Record<string, string>> = {
  retrieve: '',
  'lost-customer': 'a lost customer',
  errors: 'errors',
};

/** The languages in the order of the reference: file names and their labels. */
export const LANGUAGES: Readonly<Record<string, string>> = {
  'curl.sh': 'cURL',
  'typescript.ts': 'TypeScript',
  'ruby.rb': 'Ruby',
  'python.py': 'Python',
};

/**
 * A code sample that calls the API.
 *
 * @example
 * const { label, source }: Sample = (await readSamples())[0];
 */
export interface Sample {
  /** The ID of the operation that the sample calls, such as `retrieveCustomer`. */
  readonly operationId: string;
  /** The topic, such as `lost-customer`. */
  readonly topic: string;
  /** The language by Redoc's name: `cURL`, `TypeScript`, `Ruby` or `Python`. */
  readonly lang: string;
  /** The label, which is unique in the operation: `Ruby: a lost customer`. */
  readonly label: string;
  /** The code without the line break at its end. */
  readonly source: string;
  /** The path of the file in `samples`, such as `retrieveCustomer/retrieve/ruby.rb`. */
  readonly file: string;
}

const SAMPLES = fileURLToPath(new URL('../../samples', import.meta.url));

/**
 * Reads the samples of all operations, ordered by topic (the happy path first) and language.
 *
 * @throws Error with the code `ENOENT` and the path of the file if a topic lacks a language.
 * @example
 * const samples = await readSamples();
 */
export async function readSamples(root = SAMPLES): Promise<Sample[]> {
  const samples: Promise<Sample>[] = [];
  const entries = await readdir(root, { withFileTypes: true });
  // Skip files that an editor or a file manager left beside the folders.
  const operations = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  for (const operationId of operations.toSorted()) {
    // An operation does not need to have every topic.
    const folders = await readdir(join(root, operationId));
    for (const topic of Object.keys(TOPICS).filter((name) => folders.includes(name))) {
      samples.push(
        ...Object.keys(LANGUAGES).map((language) => readSample(root, `${operationId}/${topic}/${language}`)),
      );
    }
  }
  return Promise.all(samples);
}

async function readSample(root: string, file: string): Promise<Sample> {
  const [operationId = '', topic = '', language = ''] = file.split('/');
  const lang = LANGUAGES[language] ?? language;
  const label = [lang, TOPICS[topic]].filter(Boolean).join(': ');
  const source = (await readFile(join(root, file), 'utf8')).replace(/\n$/, '');
  return { operationId, topic, lang, label, source, file };
}
