import { expect, test } from 'vitest';
import { runContract } from '../../src/run.ts';
import { localServer } from '../local-server.ts';
import { temporaryFile } from '../temporary-file.ts';

test('examples without a name are covered, too, in JSON and in text', async (context) => {
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
  const { report } = await runContract({ target: { url }, spec, settings: { only: ['repeatability'] } });

  expect(report.coverage.map(({ examples }) => examples)).toEqual([
    [{ name: '200 example', times: 50 }],
    [{ name: '200 example', times: 50 }],
  ]);
});

test('a description without operations is named as the reason that nothing was tried', async (context) => {
  const document = 'openapi: 3.1.0\ninfo: { title: Hooks, version: 1.0.0 }\nwebhooks: {}\n';
  const spec = await temporaryFile(context, document, 'openapi.yaml');
  const { report } = await runContract({ target: { url: 'http://127.0.0.1:1' }, spec });

  expect(report).toMatchObject({ verdict: 'incomplete', stopped: expect.stringContaining('no operation') });
});
