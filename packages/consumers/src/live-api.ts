import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { listen } from '@firstofficer/common/listen';
import { generate } from 'selfsigned';
import { startApi } from './api.ts';

const HOST = 'api.firstofficer.io';

/** A local replacement of the live API, and a proxy that leads to it. */
export interface LiveApi extends AsyncDisposable {
  /** The environment variables of a program: the proxy, and the certificate that the program must trust. */
  readonly env: Readonly<Record<string, string>>;
  /** The host and port of each connection that programs opened through the proxy. */
  readonly connections: readonly string[];
}

/** Starts the API of `api.ts` with the host name and the base URL of the live API, which only the proxy reaches. */
export async function startLiveApi(folder: string): Promise<LiveApi> {
  await using stack = new AsyncDisposableStack();
  const api = stack.use(await startApi());
  const { cert, private: key } = await generate([{ name: 'commonName', value: HOST }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: HOST }] }],
  });
  const certificate = join(folder, 'live-api.pem');
  await writeFile(certificate, cert);
  const tls = stack.use(
    await listen(createTlsServer({ cert, key }, (socket) => joinConnections(socket, connect(api.port)))),
  );

  const connections: string[] = [];
  const proxy = createServer((_, response) => response.writeHead(400).end());
  proxy.on('connect', ({ url = '' }, socket: Socket) => {
    connections.push(url);
    if (url !== `${HOST}:443`) return socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    joinConnections(socket, connect(tls.port));
  });
  const { url } = stack.use(await listen(proxy));
  const started = stack.move();
  return {
    env: { HTTPS_PROXY: url, NODE_EXTRA_CA_CERTS: certificate },
    connections,
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

/** Sends the bytes of each connection to the other, and closes both together. */
function joinConnections(one: Socket, other: Socket): void {
  one.on('error', () => other.destroy()).on('close', () => other.destroy());
  other.on('error', () => one.destroy()).on('close', () => one.destroy());
  one.pipe(other).pipe(one);
}
