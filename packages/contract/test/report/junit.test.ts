import { XmlDocument, type XmlElement } from 'libxml2-wasm';
import { describe, expect, onTestFinished, test } from 'vitest';
import { formatJunit } from '../../src/report/junit.ts';
import type { RunReport } from '../../src/run/report.ts';
import { failed, HOSTILE, hostile, notesOnly, passed, REPORTS, stopped } from './fixtures.ts';

/** Parses the report strictly and returns what an XPath expression selects. */
function select(report: RunReport, path: string): XmlElement[] {
  const document = XmlDocument.fromString(formatJunit(report));
  onTestFinished(() => document.dispose());
  return document.find(path) as XmlElement[];
}

const texts = (nodes: XmlElement[]) => nodes.map(({ content }) => content);

test.each(REPORTS)('is valid XML with a test case for each check and the usual counts: %s', (_, report) => {
  const failed = report.checks.filter(({ status }) => status === 'failed').length + report.unreached.length;
  const extra = report.unreached.map(() => 'documented_success');
  const tests = String(4 + extra.length);
  const skipped = report.checks.filter(({ status }) => status === 'skipped').length;

  expect(texts(select(report, '/testsuites/testsuite/testcase/@name'))).toEqual([
    ...report.checks.map(({ check }) => check),
    ...extra,
  ]);
  expect(texts(select(report, '/testsuites/@tests | //testsuite/@tests'))).toEqual([tests, tests]);
  expect(texts(select(report, '//testsuite/@failures'))).toEqual([String(failed)]);
  expect(texts(select(report, '//testsuite/@skipped'))).toEqual([String(skipped)]);
  expect(select(report, '//testcase/failure')).toHaveLength(failed);
  expect(select(report, '//testcase/skipped')).toHaveLength(skipped);
});

describe('contains', () => {
  test('each failure', () => {
    expect(texts(select(failed, '//testcase[@name="ignored_auth"]/failure'))).toEqual([
      expect.stringContaining('received  status 200 with a customer'),
    ]);
  });

  test('notes in the output of a case that passed', () => {
    expect(texts(select(notesOnly, '//testcase[@name="undocumented_members"]/system-out'))).toEqual([
      expect.stringContaining('body/country'),
    ]);
    expect(select(notesOnly, '//failure')).toEqual([]);
  });

  test('coverage in the output of the suite', () => {
    expect(texts(select(passed, '//testsuite/system-out'))[0]).toContain('never occurred: example 200 lost_customer');
  });

  test('the seed and the reason why the run ended early as properties', () => {
    expect(texts(select(stopped, '//property[@name="seed" or @name="stopped"]/@value'))).toEqual([
      '1340573',
      'the time limit of 60 s was reached',
    ]);
  });
});

test('escapes text and control characters from the server', () => {
  const [failure = ''] = texts(select(hostile, '//testcase[@name="ignored_auth"]/failure'));

  expect(failure).toContain(HOSTILE.split('\n')[0]);
  expect(failure).toContain('\\x1b[31mred\\x1b[0m \\x9b2J \\x00\\x08\\ufffe\\ud800 \\u202egnp.exe');
});
