import { cp, readFile, realpath, rename, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { fileURLToPath } from 'node:url';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { onTestFinished } from 'vitest';
import { SOURCES, type Sources } from '../../src/content/read-content.ts';
import { startInBackground } from '../../test/programs.ts';

const DEV = fileURLToPath(new URL('../../src/dev.ts', import.meta.url));

/** A `pnpm dev` process on a free port. */
export interface DevServer extends AsyncDisposable {
  readonly url: string;
}

export function buildDevArguments(sources: Partial<Sources>, port: number): string[] {
  const options = Object.entries(sources).flatMap(([name, value]) => [`--${name}`, value]);
  return ['--conditions=@firstofficer/source', DEV, '--port', String(port), ...options];
}

export async function startDevServer(sources: Sources, port = 0): Promise<DevServer> {
  const server = startInBackground(process.execPath, {
    args: buildDevArguments(sources, port),
    cwd: process.cwd(),
    env: process.env,
  });
  try {
    const [, url = ''] = /are on (\S+) /.exec(await server.waitForOutput('Ctrl-C to stop.')) ?? [];
    return { url, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
  } catch (error) {
    await server[Symbol.asyncDispose]();
    throw error;
  }
}

/** The event stream that sends the version of the site to an open page. */
interface Changes extends Disposable {
  /** Returns the next version from the stream. */
  next(): Promise<string>;
}

export async function followChanges(url: string): Promise<Changes> {
  const stop = new AbortController();
  const { body } = await fetch(`${url}/-/changes`, { signal: stop.signal });
  const lines = createInterface({ input: Readable.fromWeb(body as ReadableStream) });
  // Aborting the request ends the stream with an error.
  lines.on('error', () => {});
  const iterator = lines[Symbol.asyncIterator]();
  return {
    async next() {
      for (;;) {
        const { value, done } = await iterator.next();
        if (done) throw new Error('The server has ended the stream.');
        if (value.startsWith('data: ')) return value.slice('data: '.length);
      }
    },
    [Symbol.dispose]: () => stop.abort(),
  };
}

const ROOT = join(import.meta.dirname, '../../../..');

/** A copy of the content for tests to edit. */
export interface Copy {
  readonly sources: Sources;
  /** Replaces a text in a file as many editors do: writes a new file and renames it. */
  edit(file: string, text: string, replacement: string): Promise<void>;
  /** Returns the path of a workspace file in the copy. */
  path(file: string): string;
}

/** Copies the content to a folder that is removed when the test is finished. */
export async function copyContent(): Promise<Copy> {
  const folder = await realpath(await createTemporaryFolder({ onTestFinished }));
  const path = (file: string) => join(folder, file);
  const findCopy = (source: string) => path(relative(ROOT, source));
  // Guides also include files of other packages. Copy all files with their folders, so that relative paths stay
  // valid.
  const files = [
    'spec/redocly.yaml',
    'spec/redocly-plugin.ts',
    'packages/contract/examples',
    'packages/consumers/recipes',
  ].map((file) => join(ROOT, file));
  for (const source of [...files, ...Object.values(SOURCES)]) {
    await cp(source, findCopy(source), { recursive: true });
  }
  const { spec, guides, samples, theme } = SOURCES;
  return {
    sources: { spec: findCopy(spec), guides: findCopy(guides), samples: findCopy(samples), theme: findCopy(theme) },
    path,
    async edit(file, text, replacement) {
      const before = await readFile(path(file), 'utf8');
      if (!before.includes(text)) throw new Error(`${file} does not contain ${text}.`);
      const temporary = path(`${file}~`);
      await writeFile(
        temporary,
        before.replace(text, () => replacement),
      );
      await rename(temporary, path(file));
    },
  };
}
