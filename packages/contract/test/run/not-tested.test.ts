import { expect, test } from 'vitest';
import { formatGithubSummary } from '../../src/report/github.ts';
import { formatHtml } from '../../src/report/html.ts';
import { formatTerminalReport } from '../../src/report/terminal.ts';
import { passed } from '../report/fixtures.ts';
import { temporaryFile } from '../temporary-file.ts';
import { verifyDescription } from '../verify.ts';

const PETS = `openapi: 3.2.0
info: { title: Pets, version: 1.0.0 }
paths:
  /pets:
    get:
      operationId: listPets
      responses: { '200': { description: Pets. } }
      parameters: [{ name: q, in: querystring, content: { application/jsonpath: { schema: { type: string } } } }]
      callbacks: { born: { '{$request.query.url}': { post: { responses: { '200': { description: Seen. } } } } } }
  /cats: { get: { operationId: listCats, responses: { '200': { description: Cats. } } } }
webhooks: { petBorn: { post: { responses: { '200': { description: Seen. } } } } }
`;

test('the report names what the tests send no requests to', async (context) => {
  const spec = await temporaryFile(context, PETS, 'openapi.yaml');
  const { report } = await verifyDescription(context, { spec, exclude: ['listCats'], only: ['head_conformance'] });
  const line =
    'Not tested: listCats, which is excluded; the webhook petBorn; the callbacks of listPets; the query string of listPets in the format application/jsonpath.';

  expect(report.verdict).toBe('passed');
  expect(formatTerminalReport(report, { colour: false, width: 80 }).replaceAll('\n', ' ')).toContain(line);
  expect(formatHtml(report)).toContain(line);
  expect(formatGithubSummary(report).replaceAll('&#58;', ':')).toContain(line);
});

test('a long list is shortened', () => {
  const notTested = Array.from({ length: 30 }, (_, index) => `get${index}, which is excluded`);

  expect(formatTerminalReport({ ...passed, notTested }, { colour: false, width: 80 }).replaceAll('\n', ' ')).toContain(
    'get9, which is excluded; and 20 more.',
  );
});

test('a report of everything has no such line', async (context) => {
  const description = "paths: { /pets: { get: { responses: { '200': { description: Pets. } } } } }";
  const { report } = await verifyDescription(context, { description, only: ['head_conformance'] });

  expect(report.notTested).toEqual([]);
  expect(formatTerminalReport(report, { colour: false, width: 80 })).not.toContain('Not tested');
  expect(formatHtml(report)).not.toContain('Not tested');
});
