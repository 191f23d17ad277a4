import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** An example of the client's README. */
export interface Example {
  /** The heading above the example. */
  readonly heading: string;
  readonly code: string;
}

/** Returns the TypeScript examples of the README of the installed client. */
export async function readExamples(consumer: string): Promise<Example[]> {
  const readme = await readFile(join(consumer, 'node_modules/@firstofficer/client/README.md'), 'utf8');
  return readme.split(/^##+ /m).flatMap((section) => {
    const heading = section.slice(0, section.indexOf('\n'));
    return [...section.matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => ({ heading, code }));
  });
}

/** Returns whether an example needs only the client, and not a library that is installed on demand. */
export function needsOnlyClient({ code }: Example): boolean {
  return !/ from '(?!@firstofficer\/client(?!\/undici))|\bnext: /.test(code);
}

/**
 * Writes a program: the first example below a heading, followed by a statement that uses what the example declares.
 * Returns the name of the file.
 */
export async function writeRecipe(consumer: string, heading: string, statement: string): Promise<string> {
  const example = (await readExamples(consumer)).find((example) => example.heading === heading);
  if (!example) throw new Error(`The README of the client has no example below the heading "${heading}".`);
  const file = `${heading.replaceAll(/\W+/g, '-')}.mts`;
  await writeFile(join(consumer, file), `${example.code}\n${statement}\n`);
  return file;
}
