import { expect, test } from 'vitest';
import { localServer } from '../test/local-server.ts';
import { temporaryFile } from '../test/temporary-file.ts';
import { errorsIn, verify } from '../test/verify.ts';

test.for(['text/event-stream', 'application/x-ndjson', 'text/plain', 'application/json-seq'])(
  'no error for an endless body of the type %s',
  async (type, context) => {
    const url = await localServer(context, ({ method = '', url: target }, response) => {
      if (!['GET', 'HEAD'].includes(method)) {
        response.writeHead(405, { Allow: 'GET, HEAD' }).end();
        return;
      }
      if (target?.startsWith('/plain')) {
        response.end();
        return;
      }
      // Without a body, Node sends the headers of a response only at its end.
      if (type === 'text/plain' && method === 'HEAD') response.writeHead(200, { 'Content-Type': type }).end();
      if (response.writableEnded) return;
      response.writeHead(200, { 'Content-Type': type }).write('data: {}\n\n');
      const timer = setInterval(() => response.write('data: {}\n\n'), 20);
      response.once('close', () => clearInterval(timer));
    });
    const description = `
openapi: 3.1.0
info: { title: Streams, version: 1.0.0 }
paths:
  /stream: { get: { responses: { '200': { description: It., content: { ${type}: { schema: { type: string } } } } } } }
  /plain: { get: { responses: { '200': { description: It. } } } }
`;
    const spec = await temporaryFile(context, description, 'openapi.yaml');
    const report = await verify({ url, spec });

    expect(errorsIn(report)).toEqual([]);
    expect(report.stopped).toBeUndefined();
  },
);
