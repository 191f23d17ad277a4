import { writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { startMock } from '@firstofficer/mock';
import { fillPath, loadDescription, resolveLinks } from '@firstofficer/openapi';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readOwnExamples } from '../src/engine/examples/own-examples.ts';
import { loadExamples } from '../src/node/examples.ts';
import { createPrism } from '../src/node/prism/prism.ts';
import { operations, PAIRS, SPEC_FILE, send, startMockForFile, startTestMock } from './support.ts';

const ANNA = {
  id: 7,
  stripe_id: 'cus_Anna',
  extra_id: 'team/1',
  email: 'anna+1@example.com',
  total_contract_value: 1200,
  current_mrr: 100,
  current_subscription_count: 1,
  currency: 'eur',
};
const BODY = { object: 'customer', ...ANNA, email: undefined };

/** Returns a customer whose identifiers are not those of another one. */
function createCustomer(id: number, members: object = {}): object {
  return { ...ANNA, id, stripe_id: `cus_${id}`, extra_id: null, email: null, ...members };
}

const mock = await startMockForFile({
  examples: [
    ANNA,
    createCustomer(9, { extra_id: 'shared', email: 'shared@example.com', stripe_id: 'shared@9' }),
    createCustomer(8, { extra_id: 'shared', email: 'shared@example.com' }),
    createCustomer(10, { stripe_id: '11', extra_id: '12' }),
    createCustomer(11, { stripe_id: 'cus_1234ABCD', extra_id: '1340618', email: '13' }),
    createCustomer(12),
    createCustomer(13, { extra_id: 'shared@9', email: '7' }),
    { operation: 'retrieveCustomer', parameters: { customer: 'gone' }, code: 404 },
    { operation: 'retrieveCustomer', parameters: { customer: 'later' }, body: { ...BODY, id: 14, name: 'New' } },
  ],
});

const retrieve = (identifier: string) => send(mock, `/v2/customers/${identifier}`);

describe('an own customer', () => {
  test.each(['cus_Anna', '7', 'team%2F1', 'anna+1@example.com', 'anna%2B1%40example.com', '%63us_Anna'])(
    'is found by %s, without its email',
    async (identifier) => {
      expect(await retrieve(identifier)).toMatchObject({ status: 200, json: JSON.parse(JSON.stringify(BODY)) });
    },
  );

  test('is also the response to Prefer: code=200', async () => {
    const { status, json } = await send(mock, '/v2/customers/cus_Anna', { headers: { Prefer: 'code=200' } });

    expect({ status, json }).toEqual({ status: 200, json: JSON.parse(JSON.stringify(BODY)) });
  });

  test('has its members in the order of the description', async () => {
    const { text } = await retrieve('7');

    expect(Object.keys(JSON.parse(text))).toEqual(Object.keys(PAIRS[0]?.body ?? {}));
  });

  test.each([
    ['11', 10, 'a Stripe ID comes before a FirstOfficer ID'],
    ['12', 12, 'a FirstOfficer ID comes before an extra ID'],
    ['13', 13, 'a FirstOfficer ID comes before an email'],
    ['shared@9', 9, 'a Stripe ID comes before an extra ID'],
    ['shared', 8, 'of the same extra ID, the lowest FirstOfficer ID decides'],
    ['shared@example.com', 8, 'of the same email, the lowest FirstOfficer ID decides'],
    ['cus_1234ABCD', 11, 'an own customer comes before an example of the description'],
    ['1340618', 11, 'an own extra ID comes before a FirstOfficer ID of the description'],
    ['1340573', 1340573, 'an example of the description stays'],
    ['later', 14, 'an own response comes first'],
    ['14', 14, 'an own response is also found by its links'],
  ])('%s finds %i: %s', async (identifier, id) => {
    expect(await retrieve(identifier)).toMatchObject({ status: 200, json: { id } });
  });

  test.each(['cus_', '07', 'CUS_Anna', 'shared%20', 'null', 'undefined', 'toString', '__proto__', 'gone'])(
    '%s finds none',
    async (identifier) => {
      expect((await retrieve(identifier)).status).toBe(404);
    },
  );

  test('is found by each link of its response', async () => {
    const [operation] = operations;
    if (!operation) throw new Error('The description has no operation.');
    const { json } = await retrieve('cus_Anna');
    const links = resolveLinks(operation, '200', json);

    expect(links).toHaveLength(3);
    for (const { parameters } of links) {
      expect((await send(mock, fillPath(operation.path, parameters))).json).toEqual(json);
    }
  });

  test('has an ETag of its own, which gets 304', async () => {
    const { headers } = await retrieve('cus_Anna');

    expect(headers.etag).not.toBe((await retrieve('12')).headers.etag);
    const response = await send(mock, '/v2/customers/7', { headers: { 'If-None-Match': headers.etag ?? '' } });
    expect(response).toMatchObject({ status: 304, text: '' });
  });

  test('gives way to Prefer', async () => {
    const prefer = (preference: string) => send(mock, '/v2/customers/7', { headers: { Prefer: preference } });

    expect((await prefer('example=lost_customer')).json).toMatchObject({ stripe_id: 'cus_5678EFGH' });
    expect((await prefer('code=503')).status).toBe(503);
    expect((await prefer('dynamic=true, seed=1')).json).not.toMatchObject({ stripe_id: 'cus_Anna' });
    expect((await prefer('delay=1')).json).toMatchObject({ stripe_id: 'cus_Anna' });
  });

  test('is a copy of the object that was passed', async () => {
    const customer = { ...ANNA };
    const other = await startTestMock({ examples: [customer] });
    customer.current_mrr = -1;

    expect((await send(other, '/v2/customers/7')).json).toMatchObject({ current_mrr: 100 });
  });
});

test('reload reads the file again, and keeps the customers if the file is invalid', async (context) => {
  const file = join(await createTemporaryFolder(context), 'customers.ndjson');
  await writeFile(file, JSON.stringify(ANNA));
  const other = await startTestMock({ examples: file });
  await writeFile(file, JSON.stringify({ ...ANNA, currency: 'usd' }));
  await other.reload();
  await writeFile(file, '{}');

  await expect(other.reload()).rejects.toThrow(`${file}:1: id is missing`);
  expect((await send(other, '/v2/customers/7')).json).toMatchObject({ currency: 'usd' });
});

test('a mock with an invalid customer does not start', async () => {
  await expect(startMock({ examples: [{ ...ANNA, id: '7' }] })).rejects.toThrow('examples[0]: id must be integer');
});

const description = await loadDescription(SPEC_FILE);
const prism = await createPrism(description);

/** Reads a file, and returns the bodies by the parameter that finds them, or the message without the path of the file. */
async function read(name: string, content: string | Buffer): Promise<Map<string, unknown> | string> {
  const folder = await createTemporaryFolder({ onTestFinished });
  const file = join(folder, name);
  await writeFile(file, content);
  try {
    const examples = await readOwnExamples(await loadExamples(file), description.operations, prism);
    const entries = [...examples.values()].flat();
    return new Map(entries.map(({ parameters, selection }) => [parameters.customer ?? '', selection.own?.value]));
  } catch (error) {
    return (error as Error).message.replaceAll(`${folder}${sep}`, '');
  }
}

const LINE = JSON.stringify(ANNA);
const OTHER = JSON.stringify(createCustomer(8));
const toYaml = (customer: object) =>
  Object.entries(customer)
    .map(([name, value], index) => `${index === 0 ? '- ' : '  '}${name}: ${JSON.stringify(value)}\n`)
    .join('');

describe('a file of own customers', () => {
  test.each([
    ['NDJSON', 'a.ndjson', `${LINE}\n${OTHER}\n`],
    ['no newline at the end', 'a.ndjson', `${LINE}\n${OTHER}`],
    ['CRLF', 'a.ndjson', `${LINE}\r\n${OTHER}\r\n`],
    ['blank lines', 'a.ndjson', `\n${LINE}\n \n\r\n${OTHER}\n\n`],
    ['a byte order mark', 'a.ndjson', `\ufeff${LINE}\n${OTHER}`],
    ['another extension', 'customers', `${LINE}\n${OTHER}`],
    ['a JSON list', 'a.json', `[${LINE},\n${OTHER}]`],
    ['an indented JSON list', 'a.json', JSON.stringify([ANNA, createCustomer(8)], undefined, '\t')],
    ['a JSON list with a byte order mark and CRLF', 'a.json', `\ufeff[${LINE},\r\n${OTHER}]\r\n`],
    ['a YAML list', 'a.yaml', toYaml(ANNA) + toYaml(createCustomer(8))],
    [
      'a YAML list with CRLF',
      'a.yml',
      `# Customers\n${toYaml(ANNA)}${toYaml(createCustomer(8))}`.replaceAll('\n', '\r\n'),
    ],
    ['a YAML list of another extension', 'a.txt', `---\n${toYaml(ANNA)}${toYaml(createCustomer(8))}`],
    ['YAML anchors', 'a.yaml', `- &anna ${LINE}\n- { <<: *anna, id: 8, stripe_id: cus_8, extra_id: , email: ~ }\n`],
    ['null members left out', 'a.ndjson', `${LINE}\n${OTHER.replace('"extra_id":null,"email":null,', '')}`],
    ['an integer with an exponent', 'a.ndjson', `${LINE.replace('1200', '1.2e3')}\n${OTHER.replace('1200', '1200.0')}`],
  ])('may be %s', async (_, name, content) => {
    const found = await read(name, content);

    expect(found).toEqual(
      new Map<string, unknown>([
        ...['cus_Anna', '7', 'team/1', 'anna+1@example.com'].map(
          (id) => [id, JSON.parse(JSON.stringify(BODY))] as const,
        ),
        ...['cus_8', '8'].map((id) => [id, { ...BODY, id: 8, stripe_id: 'cus_8', extra_id: null }] as const),
      ]),
    );
  });
});

const change = (members: object) => JSON.stringify({ ...ANNA, ...members });
const HEAD = 'Correct the examples and start the mock again.';

describe('an invalid file is reported with file, line and member', () => {
  test.each<[string, string, string | Buffer, string[]]>([
    [
      'a missing member',
      'a.ndjson',
      `${LINE}\n\n${change({ id: 8, stripe_id: undefined })}`,
      ['3: stripe_id is missing'],
    ],
    [
      'several wrong members',
      'a.ndjson',
      `${change({ id: '7', currency: 'EUR', current_mrr: 1.5, extra_id: 3 })}\n${OTHER.replace('"cus_8"', '""')}`,
      [
        '1: id must be integer',
        '1: extra_id must be string,null',
        '1: current_mrr must be integer',
        '1: currency must match pattern "^[a-z]{3}$"',
        '2: stripe_id must NOT have fewer than 1 characters',
      ],
    ],
    ['another type of object', 'a.ndjson', change({ object: 'client' }), ['1: object must be equal to constant']],
    [
      'an unknown member',
      'a.ndjson',
      change({ 'e\u001bmial': 'a' }),
      [
        '1: has an unknown property "e\\u001bmial". The properties are object, id, stripe_id, extra_id, total_contract_value, current_mrr, current_subscription_count, currency, email',
      ],
    ],
    ['an email that is a number', 'a.ndjson', change({ email: 7 }), ['1: email must be string,null']],
    ['an empty email', 'a.ndjson', change({ email: '' }), ['1: email must not be empty']],
    [
      'a long email',
      'a.ndjson',
      change({ email: 'a'.repeat(1025) }),
      ['1: email must NOT have more than 1024 characters'],
    ],
    ['NUL', 'a.ndjson', change({ extra_id: 'a\0' }), ['1: extra_id must be valid Unicode without NUL']],
    ['half a character', 'a.ndjson', change({ extra_id: '\ud800' }), ['1: extra_id must be valid Unicode without NUL']],
    ['a repeated ID', 'a.ndjson', `${LINE}\n${OTHER.replace('8', '7')}`, ['2: id has the same value as in a.ndjson:1']],
    [
      'a repeated Stripe ID',
      'a.yaml',
      `- ${LINE}\n- ${OTHER.replace('"cus_8"', '"cus_Anna"')}`,
      ['2: stripe_id has the same value as in a.yaml:1'],
    ],
    [
      'a member that is there twice',
      'a.ndjson',
      LINE.replace('{', '{"\\u0069d":8,'),
      ['1: has the property "id" twice'],
    ],
    ['two values in a JSON list', 'a.json', `[{"id":1,\n"id":2}]`, ['2: has the property "id" twice']],
    ['two values in YAML', 'a.yaml', '- id: 1\n  id: 2', ['2: has the property "id" twice']],
    [
      'a number that is rounded',
      'a.ndjson',
      LINE.replace('7', '9007199254740993'),
      ['1: id is a number that JSON cannot hold exactly'],
    ],
    [
      'a decimal that is rounded',
      'a.json',
      `[\n${LINE.replace('7', '9007199254740991.4')}]`,
      ['2: id is a number that JSON cannot hold exactly'],
    ],
    ['an infinite number', 'a.ndjson', LINE.replace('7', '1e400'), ['1: id is a number that JSON cannot hold exactly']],
    ['a large number', 'a.ndjson', LINE.replace('7', '1e20'), ['1: id must be <= 9007199254740991']],
    ['no number', 'a.yaml', '- {id: .nan}', ['1: id is a number that JSON cannot hold exactly']],
    [
      'other values than objects',
      'a.ndjson',
      `7\n${LINE}\n[]\nnull`,
      ['1: is not an object', '3: is not an object', '4: is not an object'],
    ],
    ['an invalid line', 'a.ndjson', `${LINE}\n{"id":1\n${OTHER}`, ['2: is not valid JSON']],
    [
      'an indented JSON list',
      'a.json',
      JSON.stringify([ANNA, createCustomer(8, { id: 'x' })], undefined, '\t'),
      ['13: id must be integer'],
    ],
    ['a JSON list without its end', 'a.json', `[${LINE}`, ['1: is not valid: Flow sequence must end with a ]']],
    [
      'a date',
      'a.yaml',
      `%YAML 1.1\n---\n- ${LINE}\n- ${LINE.replace('"eur"', '2026-01-01')}`.replace('7', '8').replace('cus_Anna', 'b'),
      ['4: currency must match pattern "^[a-z]{3}$"'],
    ],
    [
      'a date with a tag',
      'a.yaml',
      '- id: !!timestamp 2026-01-01',
      ['1: is not valid: Unresolved tag: tag:yaml.org,2002:timestamp'],
    ],
    ['an unknown anchor', 'a.yaml', '- id: 1\n- *a', ['2: has the alias *a without its anchor']],
    [
      'several YAML documents',
      'a.yaml',
      '- id: 1\n---\n- id: 2',
      ['2: is not valid: it contains several documents. Write one list'],
    ],
    [
      'Latin-1',
      'a.ndjson',
      Buffer.from(`${LINE}\n${change({ email: 'Zo\u00eb' })}`, 'latin1'),
      ['2: is not UTF-8. Save the file as UTF-8'],
    ],
    ['UTF-16', 'a.ndjson', Buffer.from(`\ufeff${LINE}`, 'utf16le'), ['1: is not UTF-8. Save the file as UTF-8']],
    [
      'UTF-16 without a byte order mark',
      'a.ndjson',
      Buffer.from(LINE, 'utf16le'),
      ['1: is not UTF-8. Save the file as UTF-8'],
    ],
  ])('%s', async (_, name, content, faults) => {
    const count = faults.length === 1 ? 'an error' : `${faults.length} errors`;

    expect(await read(name, content)).toBe(
      [`the examples have ${count}. ${HEAD}`, ...faults.map((fault) => `${name}:${fault}`)].join('\n'),
    );
  });

  test('at most 20 errors are listed', async () => {
    const lines = String(await read('a.ndjson', 'x\n{\n'.repeat(20) + LINE)).split('\n');

    expect([lines.length, lines[0]]).toEqual([21, `the examples have more than 20 errors. ${HEAD}`]);
  });

  test.each([
    ['an empty file', 'a.ndjson', '', 'a.ndjson contains no examples. Write one example per line, or a list.'],
    [
      'a file of blank lines',
      'a.json',
      '\ufeff\r\n \n',
      'a.json contains no examples. Write one example per line, or a list.',
    ],
    [
      'YAML with a comment only',
      'a.yaml',
      '# none',
      'a.yaml contains no examples. Write one example per line, or a list.',
    ],
    [
      'CSV',
      'a.csv',
      'id,stripe_id\n1,cus_1',
      'a.csv is not NDJSON. Write one JSON object per line, or a list in JSON or YAML.',
    ],
    [
      'an anchor within itself',
      'a.yaml',
      '- &a [*a]',
      `the examples have an error. ${HEAD}\na.yaml: cannot be sent as JSON (Converting circular structure to JSON)`,
    ],
  ])('%s', async (_, name, content, message) => {
    expect(await read(name, content)).toBe(message);
  });

  test('an empty list adds nothing', async () => {
    expect(await read('a.json', '[]')).toEqual(new Map());
  });

  test('a file that does not exist', async () => {
    await expect(loadExamples('no-such.ndjson')).rejects.toThrow(
      'cannot read the examples in no-such.ndjson (ENOENT). Check the path.',
    );
  });
});

test.each([
  ['a BigInt', [{ id: 1n }], 'examples[0]: cannot be sent as JSON'],
  ['undefined', [ANNA, undefined], 'examples[1]: is not an object'],
])('a list with %s is rejected', async (_, examples, message) => {
  await expect(startMock({ examples: examples as object[] })).rejects.toThrow(message);
});

describe('own examples of another API', async () => {
  const SONG = { isrc: 'GB1', file: { md5: 'abc' }, rating: 5 };
  const own = await startMockForFile({
    spec: fileURLToPath(new URL('own.openapi.yaml', import.meta.url)),
    examples: [
      { operation: 'getSong', parameters: { song: 'gone' }, code: 404, body: { title: 'Gone' } },
      { operation: 'getSong', parameters: { song: 'gone', lang: 'de' }, code: 410, body: { title: 'Weg' } },
      { operation: 'getLyrics', body: ['Do', 're'] },
      { operation: 'getSheet', body: '<score/>' },
      { operation: 'listPlays', body: [{ song: 1 }, { song: 2 }] },
    ],
  });
  const readSongs = async (...values: object[]) => {
    const songs = await loadDescription(new URL('own.openapi.yaml', import.meta.url));
    return readOwnExamples(await loadExamples(values), songs.operations, await createPrism(songs));
  };

  test.each([
    ['/songs/gone', 404, 'application/problem+json', { title: 'Gone' }],
    ['/songs/gone?lang=en', 404, 'application/problem+json', { title: 'Gone' }],
    ['/songs/gone?lang=de', 410, 'application/problem+json', { title: 'Weg' }],
    ['/songs/any/lyrics', 200, 'application/json', ['Do', 're']],
  ])('%s gets %i: the example with most parameters decides', async (target, status, type, json) => {
    expect(await send(own, target)).toMatchObject({ status, headers: { 'content-type': type }, json });
  });

  test.each([
    ['application/json', 200, 'application/json'],
    ['*/*', 200, 'application/json'],
    ['text/plain, application/json;q=0.1', 200, 'application/json'],
    ['text/plain', 406, 'application/problem+json'],
  ])('Accept: %s gets %i, because the own body is JSON', async (accept, status, type) => {
    const response = await send(own, '/songs/any/lyrics', { headers: { Accept: accept } });

    expect(response).toMatchObject({ status, headers: { 'content-type': type } });
    expect(response.json).toEqual(status === 200 ? ['Do', 're'] : expect.objectContaining({ status: 406 }));
  });

  test.each([
    ['/songs/any/sheet', 'application/xml', '<score/>'],
    ['/plays', 'application/jsonl', '{"song":1}\n{"song":2}\n'],
  ])('%s gets %s', async (target, type, text) => {
    expect(await send(own, target)).toMatchObject({ headers: { 'content-type': type }, text });
  });

  test('an object is found by the members that links name, in the order of the links', async () => {
    const { operations: songs } = await loadDescription(new URL('own.openapi.yaml', import.meta.url));
    const found = [...(await readSongs({ isrc: 'GB1', file: { md5: 'abc' } })).values()].flat();

    expect(songs).toHaveLength(5);
    expect(found).toEqual(
      [{ song: 'GB1' }, { song: 'abc', lang: 'de' }].map((parameters) => ({
        parameters,
        selection: {
          status: '200',
          own: { mediaType: 'application/json', value: { kind: 'song', isrc: 'GB1', file: { md5: 'abc' } } },
        },
      })),
    );
  });

  test.each([
    [SONG, 'has an unknown property "rating". The properties are kind, isrc, title, file'],
    [{ isrc: 'GB1', file: { md5: 'X' } }, 'file.md5 must match pattern "^[0-9a-f]+$"'],
    [{ isrc: 'G'.repeat(21), file: { md5: 'a' } }, 'isrc must NOT have more than 20 characters'],
    [{ operation: 'getSnog' }, 'operation must be one of getSong, getLyrics, getSheet, getName, listPlays'],
    [{ body: [] }, 'operation must be one of getSong, getLyrics, getSheet, getName, listPlays'],
    [{ operation: 'getLyrics' }, 'body is missing'],
    [{ operation: 'getLyrics', body: [7] }, 'body.0 must be string'],
    [{ operation: 'getSheet', body: { score: 1 } }, 'body must be string, because the response is application/xml'],
    [{ operation: 'listPlays', body: [{ song: 1 }, {}] }, 'body.1.song is missing'],
    [{ operation: 'listPlays', body: {} }, 'body must be string or a list, because the response is application/jsonl'],
    [{ operation: 'getName', body: 'La la la la' }, 'body must NOT have more than 9 characters'],
    [{ operation: 'getSong', code: 200, body: {}, cod: 1 }, 'has an unknown member "cod"'],
    [{ operation: 'getSong', code: 500 }, 'code must be a status that getSong documents: 200, 4XX'],
    [{ operation: 'getLyrics', code: 99 }, 'code must be a status that getLyrics documents: 200, default'],
    [{ operation: 'getSong', code: '404' }, 'code must be a status that getSong documents: 200, 4XX'],
    [{ operation: 'getSong', code: 404, body: {} }, 'body.title is missing'],
    [{ operation: 'getSong', code: 404, parameters: [] }, 'parameters must be an object'],
    [
      { operation: 'getSong', code: 404, parameters: { song: null } },
      'parameters.song must be a string, a number or a boolean',
    ],
    [
      { operation: 'getSong', code: 404, parameters: { snog: 1 } },
      'parameters has "snog", which is no path or query parameter of getSong. They are song, lang',
    ],
  ])('%j is rejected', async (value, message) => {
    await expect(readSongs(value)).rejects.toThrow(`examples[0]: ${message}`);
  });

  test('a schema that allows other members accepts them', async () => {
    const songs = await loadDescription(new URL('own.openapi.yaml', import.meta.url));
    const { schema = {} } = songs.operations[0]?.responses['200']?.content?.['application/json'] ?? {};
    Object.assign(schema, { anyOf: [{ properties: { rating: { type: 'integer' } } }] });
    const checks = { validate: async () => [], validateBody: async () => [] };
    const [found] = [...(await readOwnExamples(await loadExamples([SONG]), songs.operations, checks)).values()].flat();

    expect(found?.selection.own?.value).toEqual({ kind: 'song', ...SONG });
  });

  test('the same parameters twice are rejected', async () => {
    const item = { operation: 'getSong', parameters: { song: 'a' }, code: 404 };

    await expect(readSongs(item, item)).rejects.toThrow('examples[1]: parameters has the same value as in examples[0]');
  });
});
