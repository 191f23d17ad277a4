import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { listen } from '@firstofficer/common/listen';
import { build } from 'esbuild';
import { parse } from 'yaml';
import { createTryItPlugins } from '../../src/site/try-it-modules.ts';

/** The security policy of a page with Try it. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' http://127.0.0.1:* http://localhost:*; base-uri 'none'; form-action 'none'";
const STYLES = ['tokens', 'base', 'code', 'samples', 'try-it'];

/** A served page with the samples of each operation. */
export interface TryItPage extends AsyncDisposable {
  readonly url: string;
  /** The paths and headers of the requests to this server. */
  readonly requests: readonly string[];
  /** The compressed size of all scripts, in bytes. */
  readonly size: number;
}

/** Serves a page with Try it for the operations of a description, on a free port. */
export async function serveTryIt(file: URL, operations: readonly string[]): Promise<TryItPage> {
  const spec: object = parse(await readFile(file, 'utf8'));
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import { startCopying } from './copy.ts';
        import { startTryIt } from './start-try-it.ts';
        startCopying();
        startTryIt();`,
      resolveDir: fileURLToPath(new URL('../../src/browser/', import.meta.url)),
      loader: 'ts',
    },
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['@firstofficer/source'],
    outdir: 'assets',
    write: false,
    plugins: createTryItPlugins(spec),
  });
  const styles = STYLES.map((name) => readFile(new URL(`../../src/theme/${name}.css`, import.meta.url), 'utf8'));
  const css = (await Promise.all(styles)).join('\n');
  const scripts = new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.url} ${JSON.stringify(request.headers)}`);
    const name = request.url?.slice(1) ?? '';
    const script = scripts.get(name);
    if (script !== undefined) response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(script);
    else if (name === 'style.css') response.writeHead(200, { 'Content-Type': 'text/css' }).end(css);
    else if (name === '') {
      response
        .writeHead(200, { 'Content-Type': 'text/html', 'Content-Security-Policy': POLICY })
        .end(render(operations));
    } else response.writeHead(204).end();
  });
  const { port } = await listen(server, { port: 0 });
  return {
    url: `http://127.0.0.1:${port}/`,
    requests,
    size: outputFiles.reduce((sum, { contents }) => sum + brotliCompressSync(contents).length, 0),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function render(operations: readonly string[]): string {
  const samples = operations.map(
    (id) =>
      `<article><h2>${id}</h2><button class="try-example" data-parameter="customer" data-value="cus_0000ZZZZ">Try</button><section class="samples" aria-label="Samples"><button type="button" data-try-it="${id}">Try it</button></section></article>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Try it</title><link rel="stylesheet" href="/style.css"><script type="module" src="/stdin.js"></script><main><h1>Try it</h1>${samples.join('')}</main><p class="toast" role="status"></p></html>`;
}
