import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { capitalize } from '../words/capitalize.ts';
import { LANGUAGES } from './languages.ts';

/** A code sample that calls the API. */
export interface Sample {
  /** The ID of the operation that the sample calls, such as `retrieveCustomer`. */
  readonly operationId: string;
  /** The name of the folder of the topic, such as `2-a-lost-customer`. */
  readonly topic: string;
  /** The name of the topic that readers see, such as `A lost customer`. */
  readonly title: string;
  /** The language by the name that readers see: `cURL`, `TypeScript`, `Ruby` or `Python`. */
  readonly lang: string;
  /** The label, which is unique in the operation: `Ruby`, or `Ruby: a lost customer` for a further topic. */
  readonly label: string;
  /** The code without the line break at its end. */
  readonly source: string;
  /** The path of the file in `samples`, such as `retrieveCustomer/1-retrieve/ruby.rb`. */
  readonly file: string;
}

const TOPIC = /^(\d+)-(.+)$/;

/**
 * Reads the samples of all operations, ordered by topic and language. A topic is a folder such as `2-a-lost-customer`:
 * its number is its position, and the rest is its label. The first topic of an operation has no label.
 *
 * @throws Error with the code `ENOENT` and the path of the file if a topic lacks a language.
 */
export async function readSamples(root: string): Promise<Sample[]> {
  const files: string[] = [];
  for (const operationId of (await listFolders(root)).toSorted()) {
    const topics = (await listFolders(join(root, operationId))).filter((name) => TOPIC.test(name));
    for (const topic of topics.toSorted((one, other) => getPosition(one) - getPosition(other))) {
      files.push(...LANGUAGES.map((language) => `${operationId}/${topic}/${language.file}`));
    }
  }
  return Promise.all(files.map((file) => readSample(root, file)));
}

/** Returns the names of the folders in a folder. Skips files that an editor or a file manager left beside them. */
async function listFolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

function getPosition(topic: string): number {
  return Number(TOPIC.exec(topic)?.[1]);
}

async function readSample(root: string, file: string): Promise<Sample> {
  const [operationId = '', topic = '', name = ''] = file.split('/');
  const lang = LANGUAGES.find((language) => language.file === name)?.label ?? name;
  const words = TOPIC.exec(topic)?.[2]?.replaceAll('-', ' ') ?? topic;
  const title = capitalize(words);
  const label = getPosition(topic) === 1 ? lang : `${lang}: ${words}`;
  const source = (await readFile(join(root, file), 'utf8')).replace(/\n$/, '');
  return { operationId, topic, title, lang, label, source, file };
}
