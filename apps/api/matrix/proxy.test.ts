import { createServer, request as sendRequest } from 'node:http';
import { listenInTest } from '@firstofficer/common/testing';
import { demandingCustomers } from '@firstofficer/contract';
import { expect, test } from 'vitest';
import { type Context, databases } from '../test/databases.ts';
import { expectConforming, importAll, retrieve, startSeededApi } from '../test/running-api.ts';

test.for(databases)(
  'behind a proxy that terminates HTTPS, a server on $name passes all contract checks',
  async (kind, context) => {
    const api = await startSeededApi(context, kind, { trustProxy: '127.0.0.1' });
    await importAll(api.location, api.accountId, demandingCustomers);
    expect((await retrieve(api.url, api.key, 'cus_1234ABCD')).status).toBe(403);

    await expectConforming({ url: await startProxy(context, api.url), key: api.key }, 20_261_124);
  },
);

/** Starts a proxy that forwards requests as if it had received them over HTTPS. Returns its URL. */
async function startProxy(context: Context, target: string): Promise<string> {
  const proxy = createServer({ maxHeaderSize: 256 * 1024 }, (request, response) => {
    const { method, headers, url: path } = request;
    const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-for': request.socket.remoteAddress };
    const { hostname, port } = new URL(target);
    const options = { hostname, port, method, path, headers: { ...headers, ...forwarded } };
    const sent = sendRequest(options, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.rawHeaders);
      answer.pipe(response);
    });
    request.pipe(sent);
    sent.on('error', () => response.destroy());
    response.on('close', () => sent.destroy());
  });
  return (await listenInTest(context, proxy)).url;
}
