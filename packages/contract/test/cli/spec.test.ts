import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { contract } from '../contract-command.ts';
import { localServer } from '../local-server.ts';
import { temporaryFile, temporaryFolder } from '../temporary-file.ts';

const PETS = `
info: { title: Pets, version: 1.0.0 }
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        '200':
          description: Pets.
          content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } }
          x-cache: { $ref: './missing.yaml' }
components:
  schemas: { Pet: { type: object, required: [age], properties: { age: AGE } } }
`;

const NULLABLE = '{ type: integer, nullable: true }';
const ONE_CHECK = ['--only', 'response_schema_conformance', '--filter', 'repeatability'];

describe.concurrent.each([
  ['3.0.3', NULLABLE, 'null', 0],
  ['3.1.0', "{ type: [integer, 'null'] }", 'null', 0],
  ['3.2.0', "{ type: [integer, 'null'] }", 'null', 0],
  ['3.0.3', '{ type: integer, minimum: 5, exclusiveMinimum: true }', '5', 1],
  ['3.0.3', '{ type: integer, minimum: 5, exclusiveMinimum: true }', '6', 0],
])('OpenAPI %s with %s', (version, schema, age, code) => {
  test(`a server that sends ${age} gets exit code ${code}`, async (context) => {
    const url = await localServer(context, (_, response) =>
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(`{"age":${age}}`),
    );
    const spec = await temporaryFile(context, `openapi: ${version}${PETS.replace('AGE', schema)}`, 'openapi.yaml');

    expect(await contract(['--url', url, '--spec', spec, ...ONE_CHECK])).toHaveProperty('code', code);
  });
});

test('the description comes from a URL, once, and reports name it without its query', async (context) => {
  let loads = 0;
  const url = await localServer(context, (request, response) => {
    if (request.url?.startsWith('/openapi.yaml')) {
      loads += 1;
      response.end(`openapi: 3.1.0${PETS.replace('AGE', '{ type: integer }')}`);
    } else {
      response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"age":"x"}');
    }
  });
  const config = await temporaryFile(context, JSON.stringify({ url, spec: `${url}/openapi.yaml?key=sesame` }));
  const file = join(await temporaryFolder(context), 'report.json');
  const { code, output } = await contract(['--config', config, ...ONE_CHECK, '--report', `json=${file}`]);
  const report = await readFile(file, 'utf8');

  expect(code).toBe(1);
  expect(loads).toBe(1);
  expect(JSON.parse(report)).toHaveProperty('spec.file', `${url}/openapi.yaml`);
  expect(output).toContain(`${url}/openapi.yaml:13`);
  expect(output + report).not.toContain('sesame');
});

test('a mock of a description from a URL', async (context) => {
  const url = await localServer(context, (_, response) =>
    response.end(`openapi: 3.0.3${PETS.replace('AGE', NULLABLE)}`),
  );

  expect(await contract(['--spec', `${url}/openapi.yaml`, ...ONE_CHECK])).toHaveProperty('code', 0);
});

test.each([
  [['--spec', 'http://127.0.0.1:9/openapi.yaml'], '--spec: cannot read http://127.0.0.1:9/openapi.yaml: bad port'],
  [['--spec', 'https://jane:sesame@127.0.0.1:9/openapi.yaml'], 'must not contain credentials'],
])('%j is wrong usage', async (options, message) => {
  const { code, errors } = await contract(options);

  expect({ code, errors }).toEqual({ code: 2, errors: expect.stringContaining(message) });
  expect(errors).not.toContain('sesame');
});

test('--watch refuses a URL', async (context) => {
  const url = await localServer(context, (_, response) => response.end(`openapi: 3.0.3${PETS.replace('AGE', '{}')}`));

  expect(await contract(['--spec', `${url}/openapi.yaml`, '--url', url, '--watch'])).toMatchObject({
    code: 2,
    errors: expect.stringContaining('--watch needs a file'),
  });
});
