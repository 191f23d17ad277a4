import { fileURLToPath } from 'node:url';
import type { JsonSchema } from '@firstofficer/openapi';
import { createOperation } from '@firstofficer/openapi/testing';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { listDeprecatedParts } from '../src/checks/deprecated-parts.ts';
import { FORMATS, type FormatName } from '../src/report/formats.ts';
import { formatTerminalReport } from '../src/report/terminal.ts';
import type { Finding, RunReport } from '../src/run/report.ts';
import { verifyContract } from '../src/run/run.ts';
import { verifyDescription } from './verify.ts';

const spec = fileURLToPath(import.meta.resolve('@firstofficer/spec/test/deprecations.openapi.yaml'));

afterEach(() => {
  vi.useRealTimers();
});

/** Tests a mock of the fixture on a day. */
async function runOn(day: string): Promise<{ report: RunReport; notes: Finding[] }> {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(`${day}T12:00:00Z`) });
  const report = await verifyContract({ spec, only: ['deprecations'], seed: 1 });
  return { report, notes: report.checks.flatMap(({ findings }) => findings) };
}

test('a run notes once what is deprecated, and passes', async () => {
  const { report, notes } = await runOn('2026-11-27');

  expect(report.verdict).toBe('passed');
  expect(notes.map(({ severity, operation, actual, times }) => ({ severity, operation, actual, times }))).toEqual(
    [
      [
        'retrieveBill',
        'the operation retrieveBill: deprecated since 2026-11-01, removed on 2027-11-01. Use retrieveInvoice instead.',
      ],
      [
        'retrieveBill',
        'the member amount of the response body: deprecated since 2026-06-01, removed on 2027-06-01. Use total instead.',
      ],
      [
        'listInvoices',
        'the query parameter page_size: deprecated since 2026-10-01, removed on 2027-10-01. Use limit instead.',
      ],
      [
        'listInvoices',
        'the header parameter X-Language: deprecated since 2026-09-01, removed on 2027-09-01. Use language instead.',
      ],
      [
        'listInvoices',
        'the response header X-Total: deprecated since 2026-08-01, removed on 2027-08-01. Use X-Total-Count instead.',
      ],
      [
        'createInvoice',
        'the member memo of the request body: deprecated since 2026-07-01, removed on 2027-07-01. Use note instead.',
      ],
    ].map(([operation, actual]) => ({ severity: 'note', operation, actual, times: 1 })),
  );
  expect(notes.map(({ spec: { pointer } }) => pointer)).toEqual([
    '/paths/~1v1~1bills~1{bill}/get/deprecated',
    '/components/schemas/Invoice/properties/amount/deprecated',
    '/paths/~1v1~1invoices/get/parameters/1/deprecated',
    '/paths/~1v1~1invoices/get/parameters/3/deprecated',
    '/paths/~1v1~1invoices/get/responses/200/headers/X-Total/deprecated',
    '/paths/~1v1~1invoices/post/requestBody/content/application~1json/schema/properties/memo/deprecated',
  ]);
  const actual = notes[0]?.actual ?? '';
  const names = Object.keys(FORMATS).filter((name): name is FormatName => name !== 'har');
  for (const name of names)
    expect(
      FORMATS[name].render(report, [], (text) => text),
      name,
    ).toContain(actual);
  const text = formatTerminalReport(report, { colour: false, width: 300 });
  expect(text.replaceAll(/\s+/g, ' ')).toContain(actual);
});

test('from the sunset on, the notes are others', async () => {
  const [before] = (await runOn('2027-10-31')).notes;
  const { report, notes } = await runOn('2027-11-01');

  expect(before).toMatchObject({
    expected: 'no use of the operation retrieveBill',
    actual: expect.stringMatching(/Use retrieveInvoice instead\.$/),
  });
  expect(report.verdict).toBe('passed');
  expect(notes).toHaveLength(6);
  expect(notes[0]).toMatchObject({
    expected: 'no use of the operation retrieveBill after its sunset',
    actual: expect.stringMatching(
      /Use retrieveInvoice instead\. The sunset has passed: it may stop working at any time\.$/,
    ),
  });
});

describe('the headers of an operation', () => {
  const describeOperation = (members: string, headers = '{}') => `
paths:
  /pets:
    get:
      operationId: listPets
      ${members}
      responses: { 200: { description: Pets., headers: ${headers} } }
`;
  const DATES = 'deprecated: true\n      x-deprecated-since: 2023-07-01\n      x-sunset: 2224-07-01';
  const DEPRECATION = '@1688169600';
  const SUNSET = 'Thu, 01 Jul 2224 00:00:00 GMT';

  test.for<[name: string, members: string, sent: Record<string, string>, expected: string[]]>([
    ['that are right', DATES, { Deprecation: DEPRECATION, Sunset: SUNSET }, []],
    [
      'that are missing',
      DATES,
      {},
      [`header Deprecation: ${DEPRECATION} → no such header`, `header Sunset: ${SUNSET} → no such header`],
    ],
    [
      'with other dates',
      DATES,
      { Deprecation: 'true', Sunset: '2224-07-01' },
      [`header Deprecation: ${DEPRECATION} → true`, `header Sunset: ${SUNSET} → 2224-07-01`],
    ],
    ['without a date in the description', 'deprecated: true', { Deprecation: '@1', Sunset: SUNSET }, []],
    [
      'that is not deprecated',
      'summary: List',
      { Deprecation: '@1' },
      ['no header Deprecation, because the operation is not deprecated in the description → Deprecation: @1'],
    ],
  ])('%s', async ([, members, headers, expected], context) => {
    const { report, found } = await verifyDescription(context, {
      description: describeOperation(members),
      answer: () => ({ headers }),
      only: ['deprecations'],
    });
    const isHeader = (note: Finding) => note.expected.includes('header ');

    expect(report.verdict).toBe('passed');
    expect(found.filter(isHeader).map((note) => `${note.expected} → ${note.actual}`)).toEqual(expected);
    expect(found.map(({ severity }) => severity)).toEqual(found.map(() => 'note'));
  });

  test('that the description documents', async (context) => {
    const { found } = await verifyDescription(context, {
      description: describeOperation('summary: List', '{ deprecation: { schema: { type: string } } }'),
      answer: () => ({ headers: { Deprecation: '@1' } }),
      only: ['deprecations'],
    });

    expect(found).toEqual([]);
  });
});

test('members of items, of parts and of maps are found', async (context) => {
  const { found } = await verifyDescription(context, {
    description: `
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        200:
          description: Pets.
          content:
            application/json:
              schema:
                allOf:
                  - type: object
                    properties:
                      pets: { type: array, items: { oneOf: [{ properties: { age: { deprecated: true } } }, true] } }
                additionalProperties: { properties: { name: { $ref: "#/components/schemas/Name", deprecated: true } } }
components: { schemas: { Name: { type: string } } }
`,
    answer: () => ({ body: {} }),
    only: ['deprecations'],
  });

  expect(found.map(({ actual }) => actual)).toEqual([
    'the member *.name of the response body: deprecated.',
    'the member pets.age of the response body: deprecated.',
  ]);
});

test('schemas that contain each other in many ways are searched once', async () => {
  const last: JsonSchema = { properties: { end: { deprecated: true } } };
  // Without memory, the search would follow 2^200 paths.
  const schema = Array.from({ length: 200 }).reduce<JsonSchema>(
    (inner) => ({ properties: { a: inner, b: { items: inner } } }),
    last,
  );
  const operation = createOperation({ responses: { 200: { description: '', content: { 'a/b': { schema } } } } });

  expect(listDeprecatedParts(operation).map(({ name }) => name)).toEqual([
    `the member ${'a.'.repeat(200)}end of the response body`,
  ]);
});
