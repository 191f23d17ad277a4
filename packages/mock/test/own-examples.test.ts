import { writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { startMock } from '@firstofficer/mock';
import { fillPath, loadDescription, resolveLinks } from '@firstofficer/openapi';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readOwnExamples } from '../src/engine/own-examples.ts';
import { loadExamples } from '../src/node/examples.ts';
import { createPrism } from '../src/node/prism.ts';
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
