import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type TestContext, test } from 'vitest';
import { contract } from '../contract-command.ts';
import { localServer } from '../local-server.ts';
import { temporaryFile, temporaryFolder } from '../temporary-file.ts';

const PETS = `openapi: 3.1.0
info: { title: Pets, version: 1.0.0 }
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        '200':
          description: Pets.
          content: { application/json: { schema: { properties: { age: { type: integer }, name: { type: string } } } } }
`;

/** Starts a server whose response can be changed, and returns a function that tests it. */
async function startPets(context: TestContext) {
  let body = '{"age":"1","name":"Rex"}';
  const url = await localServer(context, (_, response) =>
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(body),
  );
  const spec = await temporaryFile(context, PETS, 'openapi.yaml');
  const baseline = join(await temporaryFolder(context), 'baseline.json');
  const common = ['--url', url, '--spec', spec, '--only', 'response_schema_conformance', '--baseline', baseline];
  return {
    baseline,
    setBody: (text: string) => {
      body = text;
    },
    run: (...options: string[]) => contract([...common, ...options]),
  };
}

test('known findings do not fail the run, and others do', async (context) => {
  const { baseline, setBody, run } = await startPets(context);

  expect(await run()).toMatchObject({
    code: 2,
    errors: expect.stringContaining('Pass --update-baseline to create it.'),
  });
  expect(await run('--update-baseline')).toMatchObject({
    code: 0,
    errors: expect.stringContaining(`${baseline} has 1 finding now, 0 before.`),
  });
  expect(JSON.parse(await readFile(baseline, 'utf8'))).toMatchObject({
    findings: [{ check: 'response_schema_conformance', operation: 'listPets', expected: 'body/age must be integer' }],
  });

  const same = await run();
  expect(same).toMatchObject({ code: 0, output: expect.stringContaining('1 known finding') });
  expect(same.output).not.toContain('body/age');

  setBody('{"age":"1","name":7}');
  const grown = await run();
  expect(grown).toMatchObject({ code: 1, output: expect.stringContaining('body/name must be string') });
  expect(grown.output).not.toContain('body/age');

  setBody('{"age":1}');
  expect(await run()).toMatchObject({
    code: 0,
    errors: expect.stringContaining(`1 finding of ${baseline} did not occur. Pass --update-baseline to remove them.`),
  });
  await run('--update-baseline');
  expect(JSON.parse(await readFile(baseline, 'utf8'))).toEqual({ findings: [] });
});

test.for([
  [['--update-baseline'], '--update-baseline needs --baseline'],
  [['--baseline', 'package.json', '--update-baseline', '--filter', 'x'], 'Leave out --filter'],
  [['--baseline', 'package.json'], '"package.json" is not a baseline'],
] as const)('%j is wrong usage', async ([options, message]) => {
  expect(await contract(options)).toMatchObject({ code: 2, errors: expect.stringContaining(message) });
});
