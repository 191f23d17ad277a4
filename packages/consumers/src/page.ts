import { readFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import { type Listening, listen } from '@firstofficer/common/listen';

/** A server for a page that runs a script. */
export interface PageServer extends Listening {
  /** Resolves with what the script sends to `/results`. Rejects if the script fails. */
  readonly results: Promise<string>;
}

/** Serves a page that passes the URL of the API to its script as the parameter `api`. */
export async function servePage(script: string, apiUrl: string): Promise<PageServer> {
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
  return { ...(await listen(createServer(listener))), results };
}
