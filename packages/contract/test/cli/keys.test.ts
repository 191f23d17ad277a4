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
      security: [{ petKey: [] }]
      responses: { '200': { description: Pets. }, '401': { description: Out. } }
    post:
      operationId: createPet
      security: [{ staff: [write] }]
      responses: { '201': { description: Created. }, '401': { description: Out. } }
components:
  securitySchemes:
    petKey: { type: apiKey, in: header, name: X-Key }
    staff: { type: oauth2, flows: {} }
`;

const KEYS = { petKey: 'pet-key-sesame', staff: 'staff-token-sesame' };

/** Starts a server that repeats the keys of a request in its response. Returns the options that select it. */
async function startPets(context: TestContext): Promise<string[]> {
  const url = await localServer(context, (request, response) => {
    const isIn =
      request.method === 'POST'
        ? /^bearer (.*)$/i.exec(request.headers.authorization ?? '')?.[1] === KEYS.staff
        : request.headers['x-key'] === KEYS.petKey;
    const { authorization = '', 'x-key': key = '' } = request.headers;
    response
      .writeHead(isIn ? (request.method === 'POST' ? 201 : 200) : 401, { 'X-Echo': `${authorization}${key}` })
      .end();
  });
  const spec = await temporaryFile(context, PETS, 'openapi.yaml');
  return ['--url', url, '--spec', spec, '--only', 'accepted_auth', 'ignored_auth', 'credentials_disclosure'];
}

test('keys of several schemes come from options and the environment, and appear nowhere', async (context) => {
  const folder = await temporaryFolder(context);
  const files = ['junit', 'json', 'ctrf', 'sarif', 'html'].map((format) => `${format}=${join(folder, format)}`);
  const options = [...(await startPets(context)), '--auth', `petKey=${KEYS.petKey}`, '--report', ...files, 'github'];
  const { code, output, errors } = await contract([...options, '--har', join(folder, 'har'), '--all'], {
    FIRSTOFFICER_AUTH_PETKEY: 'wrong-key-in-environment',
    FIRSTOFFICER_AUTH_STAFF: KEYS.staff,
  });
  const texts = await Promise.all(
    ['junit', 'json', 'ctrf', 'sarif', 'html', 'har'].map((format) => readFile(join(folder, format), 'utf8')),
  );

  expect(code).toBe(1);
  expect(output).toContain('error credentials_disclosure');
  expect(output).not.toContain('error accepted_auth');
  expect(output).toContain('$FIRSTOFFICER_AUTH_PETKEY');
  for (const text of [...texts, output, errors]) {
    for (const key of Object.values(KEYS)) expect(text).not.toContain(key.slice(0, -1));
  }
});

test.for<[environment: Record<string, string>, message: string]>([
  [{}, '--url needs an API key. Set FIRSTOFFICER_TOKEN or pass --token.'],
  [{}, 'set FIRSTOFFICER_AUTH_PETKEY or pass --auth'],
  [
    { FIRSTOFFICER_AUTH_PETKEY: KEYS.petKey },
    'createPet needs a key for staff. Set FIRSTOFFICER_AUTH_STAFF, pass --auth, or pass --exclude createPet.',
  ],
  [{ FIRSTOFFICER_AUTH_STAFF: 'se same' }, 'the key for staff must not contain spaces'],
  [{ FIRSTOFFICER_AUTH_PETKEY: 'sesame\u00e4' }, 'the key for petKey must be printable ASCII'],
])('%j is wrong usage: %s', async ([environment, message], context) => {
  const spec = await temporaryFile(context, PETS, 'openapi.yaml');
  const { code, errors } = await contract(['--url', 'http://127.0.0.1:9', '--spec', spec], environment);

  expect({ code, errors }).toEqual({ code: 2, errors: expect.stringContaining(message) });
  expect(errors).not.toContain('same');
});
