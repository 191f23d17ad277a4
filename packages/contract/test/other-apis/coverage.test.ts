import { expect, test } from 'vitest';
import { localServer } from '../local-server.ts';
import { temporaryFile } from '../temporary-file.ts';
import { verify } from '../verify.ts';

test('the coverage includes examples without a name', async (context) => {
  const spec = await temporaryFile(
    context,
    `
openapi: 3.1.0
info: { title: Things, version: 1.0.0 }
paths:
  /json: { get: { responses: { '200': { description: It., content:
    { application/json; charset=utf-8: { example: { id: 1 } }, application/xml: { example: <id>1</id> } } } } } }
  /text: { get: { responses: { '200': { description: It., content: { text/plain: { example: one } } } } } }
`,
    'openapi.yaml',
  );
  const url = await localServer(context, ({ url: target }, response) => {
    const isJson = target?.startsWith('/json');
    response.setHeader('Content-Type', isJson ? 'application/json' : 'text/plain').end(isJson ? '{"id":1}' : 'one');
  });
  const { coverage } = await verify({ url, spec, only: ['repeatability'] });

  expect(coverage.map(({ examples }) => examples)).toEqual([
    [{ name: '200 example', times: 50 }],
    [{ name: '200 example', times: 50 }],
  ]);
});
