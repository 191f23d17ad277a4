import { cp, mkdtemp, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { SOURCES, type Sources } from '../../src/site/content.ts';

const ROOT = join(import.meta.dirname, '../../../..');

/** A copy of the content for tests to edit. */
export interface Copy extends AsyncDisposable {
  readonly sources: Sources;
  /** Replaces a text in a file as many editors do: writes a new file and renames it. */
  edit(file: string, text: string, other: string): Promise<void>;
  /** Returns the path of a workspace file in the copy. */
  path(file: string): string;
}

export async function copyContent(): Promise<Copy> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'firstofficer-docs-dev-'));
  const path = (file: string) => join(folder, file);
  const copied = (source: string) => path(relative(ROOT, source));
  // Guides also include files of packages/contract. Copy all files with their folders, so that relative paths stay
  // valid.
  const files = ['spec/openapi.yaml', 'spec/redocly.yaml', 'packages/contract/examples'].map((file) =>
    join(ROOT, file),
  );
  for (const source of [...files, SOURCES.guides, SOURCES.samples, SOURCES.theme]) {
    await cp(source, copied(source), { recursive: true });
  }
  return {
    sources: {
      spec: path('spec/openapi.yaml'),
      guides: copied(SOURCES.guides),
      samples: copied(SOURCES.samples),
      theme: copied(SOURCES.theme),
    },
    path,
    async edit(file, text, other) {
      const before = await readFile(path(file), 'utf8');
      if (!before.includes(text)) throw new Error(`${file} does not have ${text}.`);
      await writeFile(
        path(`${file}~`),
        before.replace(text, () => other),
      );
      await rename(path(`${file}~`), path(file));
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
