import { readFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import { listening, type Server } from './server.ts';

/** A page that runs a script. */
export interface Page extends Server {
  /** What the script sends back; rejects if it fails before. */
  readonly results: Promise<string>;
}

/** Serves a page that tells its script, in the address, where the API is. */
export async function startPage(script: string, apiUrl: string): Promise<Page> {
  const { promise: results, resolve, reject } = Promise.withResolvers<string>();
  const html = `<!doctype html>
<title>Client</title>
<script>
  const fail = (reason) => fetch('/failure', { method: 'POST', body: String(reason) });
  addEventListener('error', ({ message }) => fail(message), true);
  addEventListener('unhandledrejection', ({ reason }) => fail(reason));
</script>
<script type="module" src="/script.js?api=${encodeURIComponent(apiUrl)}"></script>
`;
  const listener: RequestListener = async (request, response) => {
    if (request.url === '/') {
      response.setHeader('Content-Type', 'text/html; charset=utf-8').end(html);
    } else if (request.url?.startsWith('/script.js')) {
      response.setHeader('Content-Type', 'text/javascript; charset=utf-8').end(await readFile(script));
    } else {
      const body = await text(request);
      response.end();
      if (request.url === '/results') resolve(body);
      if (request.url === '/failure') reject(new Error(body));
    }
  };
  return { ...(await listening(createServer(listener))), results };
}
