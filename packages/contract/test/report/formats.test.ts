import { expect, test } from 'vitest';
import { parseReportOption, parseReportOptions } from '../../src/cli/run-options.ts';
import { FORMATS } from '../../src/report/formats.ts';
import { formatGithubSummary } from '../../src/report/github.ts';
import type { RunReport } from '../../src/run/report.ts';
import { EXCHANGES, failed, stopped } from './fixtures.ts';

test.each([
  ['junit=out.xml', { format: 'junit', file: 'out.xml' }],
  ['json=a=b.json', { format: 'json', file: 'a=b.json' }],
  ['github', { format: 'github' }],
])('--report %s', (text, requested) => {
  expect(parseReportOption(text)).toEqual(requested);
});

test.each([
  ['xml=out.xml', '--report knows no format "xml". Known: junit, json, ctrf, sarif, html, har, github.'],
  ['', '--report knows no format "".'],
  ['toString=x', '--report knows no format "toString".'],
  ['junit', '--report junit needs a file: --report junit=FILE.'],
  ['junit=', '--report junit needs a file: --report junit=FILE.'],
  ['github=out.txt', '--report github takes no file.'],
])('--report %s is refused', (text, message) => {
  expect(() => parseReportOption(text)).toThrow(message);
});

test('rejects two reports to the same file', () => {
  expect(() => parseReportOptions(['json=out.json', 'sarif=./out.json'])).toThrow(
    'another report goes to the same file',
  );
  expect(() => parseReportOptions(['github', 'github'])).toThrow('given twice');
  expect(parseReportOptions(['json=a.json', 'json=b.json', 'github'])).toHaveLength(3);
});

const written = (report: RunReport) =>
  Object.entries(FORMATS).flatMap(([name, format]) => {
    const text = format.render(report, EXCHANGES, (clean) => clean);
    return name === 'har' ? [] : [[name, name === 'github' ? text + formatGithubSummary(report) : text] as const];
  });
// The escaped text in the formats.
const plain = (text: string) =>
  text
    .replace(/\\(["\\])/g, '$1')
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replaceAll('&quot;', '"');

test.each(written(failed))('%s contains every fact of each finding', (_, text) => {
  for (const { findings, rationale } of failed.checks) {
    expect(plain(text)).toContain(rationale);
    for (const { check, severity, operation, testCase, expected, actual, spec, curl, times } of findings) {
      for (const fact of [check, severity, operation, testCase, expected, actual, spec.file, spec.pointer, curl]) {
        expect(plain(text)).toContain(fact);
      }
      expect(text).toContain(String(spec.line));
      expect(text).toMatch(times === 1 ? /once|"times": 1/ : new RegExp(`\\b${times}\\b`));
    }
  }
});

test.each(written(stopped))('%s contains target, seed, coverage and the reason why the run ended early', (_, text) => {
  for (const fact of [stopped.target, String(stopped.seed), 'lost_customer', 'tokenAuth', stopped.stopped ?? '']) {
    expect(plain(text)).toContain(fact);
  }
});
