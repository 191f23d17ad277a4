import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Duplex, pipeline } from 'node:stream';
import { createServer as createTlsServer } from 'node:tls';
import { listen } from '@firstofficer/common/listen';
import { startMock } from '@firstofficer/mock';
import { generate } from 'selfsigned';

const HOST = 'api.firstofficer.io';

/** A mock that programs with the environment `env` reach by the URL of the live API. */
export interface LiveApi extends AsyncDisposable {
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Starts a mock that programs reach by the URL of the live API: over HTTPS, with a certificate that only they trust, and
 * through a proxy that refuses all other hosts. No request leaves this machine.
 */
export async function startLiveApi(): Promise<LiveApi> {
  const mock = await startMock();
  const { private: key, cert } = await generate([{ name: 'commonName', value: HOST }], {
    keyType: 'ec',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: HOST }] }],
  });
  const api = createTlsServer({ key, cert }, (socket) => {
    connectStreams(socket, connect(Number(new URL(mock.url).port), '127.0.0.1'));
  });

  const proxy = createServer((_, response) => void response.writeHead(403).end());
  proxy.on('connect', ({ url }, socket) => {
    // The program at the other end may reset the connection, for example after a 403.
    socket.on('error', () => {});
    if (url !== `${HOST}:443`) return void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    api.emit('connection', socket);
  });
  const { url, close } = await listen(proxy);

  const folder = await mkdtemp(join(tmpdir(), 'firstofficer-live-api-'));
  const certificate = join(folder, 'certificate.pem');
  await writeFile(certificate, cert);
  return {
    env: buildEnvironment(url, certificate),
    async [Symbol.asyncDispose]() {
      await Promise.all([close(), mock.close(), rm(folder, { recursive: true })]);
    },
  };
}

/** Returns variables that make each language use the proxy and trust the certificate. */
function buildEnvironment(proxy: string, certificate: string): Record<string, string> {
  return {
    HTTPS_PROXY: proxy,
    https_proxy: proxy,
    // Ruby uses this variable for all URLs.
    http_proxy: proxy,
    NO_PROXY: '127.0.0.1',
    no_proxy: '127.0.0.1',
    NODE_USE_ENV_PROXY: '1',
    NODE_EXTRA_CA_CERTS: certificate,
    SSL_CERT_FILE: certificate,
    CURL_CA_BUNDLE: certificate,
  };
}

function connectStreams(one: Duplex, other: Duplex): void {
  // Ignore errors here: the program at the other end reports a broken connection.
  pipeline(one, other, one, () => {});
}
