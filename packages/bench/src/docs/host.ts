import { existsSync } from 'node:fs';
import { copyFile, glob, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { listen } from '@firstofficer/common/listen';
import sirv from 'sirv';
import type { Site } from './sites.ts';

export const SPEC = fileURLToPath(import.meta.resolve('@firstofficer/spec/openapi.yaml'));

/** A running server of a folder. */
interface FolderServer extends AsyncDisposable {
  /** The URL of the folder, with a slash at its end. */
  readonly url: string;
}

/** The running servers of the sites. */
interface HostedSites extends AsyncDisposable {
  /** The URL of each site, by name. */
  readonly urls: ReadonlyMap<string, string>;
}

/** Writes the sites into a temporary folder and serves each on its own port, so that each has its own root path. */
export async function hostSites(sites: readonly Site[]): Promise<HostedSites> {
  const folder = await mkdtemp(join(tmpdir(), 'firstofficer-docs-bench-'));
  const hosts = await Promise.all(
    sites.map(async ({ name, write }) => {
      const siteFolder = join(folder, name);
      await mkdir(siteFolder);
      await copyFile(SPEC, join(siteFolder, 'openapi.yaml'));
      await write(siteFolder);
      await compressFiles(siteFolder);
      return { name, server: await serveFolder(siteFolder) };
    }),
  );
  return {
    urls: new Map(hosts.map(({ name, server }) => [name, server.url])),
    async [Symbol.asyncDispose]() {
      await Promise.all(hosts.map(({ server }) => server[Symbol.asyncDispose]()));
      await rm(folder, { recursive: true });
    },
  };
}

const compress = promisify(brotliCompress);

/** Writes a Brotli file next to each text file that has none, as static hosts do. */
export async function compressFiles(folder: string): Promise<void> {
  const compressions: Promise<void>[] = [];
  for await (const name of glob('**/*.{html,js,mjs,css,json,yaml,yml,svg,txt,md,xml}', { cwd: folder })) {
    const file = join(folder, name);
    if (!existsSync(`${file}.br`)) compressions.push(compressFile(file));
  }
  await Promise.all(compressions);
}

async function compressFile(file: string): Promise<void> {
  const content = await readFile(file);
  const params = {
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  await writeFile(`${file}.br`, await compress(content, { params }));
}

const YEAR_SECONDS = 31_536_000;

/**
 * Serves a folder on a free port as a static host does: with the Brotli files of the folder, without caching of pages,
 * and with long caching of all other files.
 */
export async function serveFolder(folder: string): Promise<FolderServer> {
  const files = sirv(folder, {
    brotli: true,
    etag: true,
    maxAge: YEAR_SECONDS,
    immutable: true,
    setHeaders: (response, path) => {
      if (/(\.html|\/[^./]*)$/.test(path)) response.setHeader('Cache-Control', 'no-cache');
    },
  });
  const server = createServer((request, response) => {
    files(request, response, () => {
      response.writeHead(404, { 'Content-Type': 'text/plain', 'Content-Length': 0 }).end();
    });
  });
  const { url, close } = await listen(server);
  return { url: `${url}/`, [Symbol.asyncDispose]: close };
}
