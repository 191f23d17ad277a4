import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import Ajv4 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { validate } from 'ctrf';
import type { Har } from 'har-format';
import type { Log } from 'sarif';
import { describe, expect, test } from 'vitest';
import { formatCtrf } from '../../src/report/ctrf.ts';
import { formatJsonReport, type JsonReport } from '../../src/report/formats.ts';
import { formatHar } from '../../src/report/har.ts';
import { formatSarif } from '../../src/report/sarif.ts';
import type { RecordedExchange } from '../../src/run/recording.ts';
import { EXCHANGES, failed, hostile, ignoredAuth, passed, REPORTS, stopped } from './fixtures.ts';

const require = createRequire(import.meta.url);

describe('JSON', () => {
  test.each(REPORTS)('contains the complete report and its schema version: %s', (_, report) => {
    expect(JSON.parse(formatJsonReport(report)) as JsonReport).toEqual({
      format: 'firstofficer-contract-report',
      version: 1,
      ...report,
    });
  });

  test('escapes control characters', () => {
    expect(formatJsonReport(hostile)).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}]/u);
  });
});

describe('CTRF', () => {
  test.each(REPORTS)('is valid: %s', (_, report) => {
    expect(validate(JSON.parse(formatCtrf(report)))).toMatchObject({ valid: true });
  });

  test('counts the checks by status', () => {
    expect(JSON.parse(formatCtrf(failed)).results.summary).toMatchObject({
      tests: 4,
      passed: 2,
      failed: 2,
      skipped: 0,
    });
    expect(JSON.parse(formatCtrf(stopped)).results.summary).toMatchObject({ passed: 2, failed: 0, skipped: 2 });
  });
});

describe('SARIF', () => {
  const ajv = new Ajv4.default({ strict: false, unicodeRegExp: false, allErrors: true });
  addFormats.default(ajv);
  const isSarif = ajv.compile(require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'));
  const read = (text: string) => (JSON.parse(text) as Log).runs[0];

  test.each(REPORTS)('conforms to the published schema: %s', (_, report) => {
    isSarif(JSON.parse(formatSarif(report)));

    expect(isSarif.errors).toBeNull();
  });

  test('places each finding at the line of the description that it violates', () => {
    expect(read(formatSarif(failed))?.results?.[0]).toMatchObject({
      ruleId: 'ignored_auth',
      level: 'error',
      locations: [{ physicalLocation: { artifactLocation: { uri: 'spec/openapi.yaml' }, region: { startLine: 107 } } }],
    });
  });

  test('has fingerprints that do not depend on lines or values, and differ between findings', () => {
    const prints = (...findings: (typeof ignoredAuth)[]) =>
      read(
        formatSarif({ ...passed, checks: [{ ...(passed.checks[0] as (typeof passed.checks)[0]), findings }] }),
      )?.results?.map(({ partialFingerprints }) => partialFingerprints?.['specRef/v1']);
    const moved = { ...ignoredAuth, spec: { ...ignoredAuth.spec, line: 300 }, actual: 'status 201', times: 2 };

    expect(prints(moved)).toEqual(prints(ignoredAuth));
    expect(new Set(prints(ignoredAuth, ignoredAuth, { ...ignoredAuth, expected: 'status 403' })).size).toBe(3);
  });

  test('marks a run that ended early as not successful, with the reason', () => {
    expect(read(formatSarif(stopped))?.invocations?.[0]).toMatchObject({
      executionSuccessful: false,
      toolExecutionNotifications: [{ message: { text: 'The run ended early: the time limit of 60 s was reached' } }],
    });
  });
});

describe('HAR', () => {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addMetaSchema(require('ajv/dist/refs/json-schema-draft-06.json'));
  ajv.addSchema(Object.values(require('har-schema')));
  const archive = (exchanges: readonly RecordedExchange[], redact = (text: string) => text) =>
    JSON.parse(formatHar(passed, exchanges, redact)) as Har;
  const [answered, binary] = EXCHANGES as [RecordedExchange, RecordedExchange];

  test('conforms to the published schema', () => {
    ajv.validate('har.json#', archive(EXCHANGES));

    expect(ajv.errors).toBeNull();
  });

  test('contains every exchange; without a response it has status 0 and the reason', () => {
    expect(archive(EXCHANGES).log.entries.map(({ response }) => response)).toMatchObject([
      { status: 200, content: { text: '{"object":"customer"}' } },
      {
        status: 302,
        redirectURL: 'http://127.0.0.1:4010/elsewhere',
        content: { text: '/wD+', encoding: 'base64', size: 3 },
      },
      { status: 0, _error: 'no response within 10 s' },
    ]);
  });

  test('contains the decoded query', () => {
    expect(archive([answered]).log.entries[0]?.request.queryString).toEqual([
      { name: 'expand', value: 'a b' },
      { name: 'expand', value: 'c' },
    ]);
  });

  test.each(['Authorization', 'cookie', 'Proxy-Authorization', 'X-API-Key', 'api-key', 'X-Auth-Token'])(
    'removes the value of the header %s',
    (name) => {
      const { request } = archive([{ ...answered, requestHeaders: [[name, 'sesame']] }]).log.entries[0] ?? {};

      expect(request?.headers).toEqual([{ name, value: 'removed' }]);
    },
  );

  test('contains no cookie, no credentials of a URL and no key in a query', () => {
    const url = 'http://sesame:sesame@127.0.0.1/?a=1&api_key=sesame&access%5Ftoken=sesame';
    const text = JSON.stringify(archive([{ ...answered, url }]));

    expect(text).not.toMatch(/sesame|session=secret/);
    expect(text).toContain('http://removed@127.0.0.1/?a=1&api_key=removed&access%5Ftoken=removed');
  });

  test('removes the key from binary bodies and keeps all other bytes', () => {
    const body = Buffer.concat([Buffer.from([0xff]), Buffer.from('sesame'), Buffer.from([0xfe])]).toString('base64');
    const exchange = { ...binary, response: { ...(binary.response as object), body } } as RecordedExchange;
    const { content } = archive([exchange], (text) => text.replaceAll('sesame', '-')).log.entries[0]?.response ?? {};

    expect([...Buffer.from(content?.text ?? '', 'base64')]).toEqual([0xff, 0x2d, 0xfe]);
  });

  test('removes the key from binary bodies of requests', () => {
    const requestBody = Buffer.concat([Buffer.from([0xff]), Buffer.from('sesame')]).toString('base64');
    const exchange: RecordedExchange = { ...binary, requestBody, requestEncoding: 'base64' };
    const { request } = archive([exchange], (text) => text.replaceAll('sesame', '-')).log.entries[0] ?? {};

    expect(request).toMatchObject({
      postData: { text: Buffer.from([0xff, 0x2d]).toString('base64'), _encoding: 'base64' },
      bodySize: 2,
    });
  });
});
