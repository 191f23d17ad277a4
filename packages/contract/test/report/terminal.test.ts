import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { formatTerminalReport } from '../../src/report/terminal.ts';
import {
  failed,
  HOSTILE,
  hostile,
  ignoredAuth,
  passed,
  REPORTS,
  stopped,
  undocumented,
  unreached,
  withFindings,
} from './fixtures.ts';

const plain = { colour: false, width: 80 };

test('prints test case, expectation, location, response and command of a finding', () => {
  expect(formatTerminalReport(failed, plain)).toContain(`
error ignored_auth
Requests without a valid key get no data.

  retrieveCustomer, 12 times
  test case basicAuth: no key
  expected  status 401, because the operation requires basicAuth or tokenAuth
            spec/openapi.yaml:107
            (#/paths/~1v2~1customers~1{customer}/get/responses/401)
  received  status 200 with a customer
  curl -i http://127.0.0.1:4010/v2/customers/cus_1234ABCD -H 'Accept: application/json'
`);
});

test('prints errors before notes', () => {
  const text = formatTerminalReport(withFindings(passed, [undocumented, ignoredAuth]), plain);

  expect(text.indexOf('error ignored_auth')).toBeLessThan(text.indexOf('note undocumented_members'));
});

test('prints what never occurred, and figures and verdict last', () => {
  expect(formatTerminalReport(passed, plain)).toBe(`
coverage
  retrieveCustomer: statuses 4/4, headers 1/1, examples 2/3, security 1/2
    never occurred: example 200 lost_customer, security scheme tokenAuth

4 checks, 2,114 requests in 3.2 s (651/s), seed 1340573
Contract tests passed: 4 checks of http://127.0.0.1:4010.
`);
});

test('ends with the number of failed checks', () => {
  expect(formatTerminalReport(failed, plain)).toMatch(
    /\nContract tests failed: 2 of 4 checks of http:\/\/127.0.0.1:4010\.\n$/,
  );
});

test('prints why a run ended early and what did not run', () => {
  expect(formatTerminalReport(stopped, plain)).toContain(`
2 checks did not run:
  no response to check: response_headers, undocumented_members
4 checks (2 skipped), 2,114 requests in 3.2 s (651/s), seed 1340573
The run ended early: the time limit of 60 s was reached.
Contract tests incomplete: 2 of 4 checks of http://127.0.0.1:4010 did not run.
`);
});

test('prints the operations without a documented success, and what to do', () => {
  expect(formatTerminalReport(unreached, { ...plain, width: 100 })).toContain(`
Not fully checked: 1 of 1 operation got no documented success. Pass --allow-unreached to accept
this.
  retrieveCustomer (GET /v2/customers/{customer}): only status 404. Pass --customer with an
    identifier of a customer that exists.

4 checks, 2,114 requests in 3.2 s (651/s), seed 1340573
Contract tests incomplete: http://127.0.0.1:4010 is not fully checked, because 1 of 1 operation got
no documented success.
`);
});

describe('of many findings of one check', () => {
  const many = withFindings(
    passed,
    Array.from({ length: 15 }, (_, index) => ({ ...ignoredAuth, testCase: `test case ${index + 1}` })),
  );

  test('prints the first ones and the number of the others', () => {
    const text = formatTerminalReport(many, plain);

    expect(text.match(/test case test case \d+/g)).toHaveLength(3);
    expect(text).toContain('  … and 12 more; all are in --report json=FILE\n');
  });

  test('prints all with listAll', () => {
    expect(formatTerminalReport(many, { ...plain, listAll: true }).match(/test case test case \d+/g)).toHaveLength(15);
  });
});

test.each([40, 80, 200])('wraps everything except commands at %d columns', (width) => {
  const lines = formatTerminalReport(failed, { colour: false, width }).split('\n');

  expect(lines.filter((line) => line.length > width && !line.startsWith('  curl '))).toEqual([]);
});

test('keeps a long command on one line', () => {
  const curl = `curl ${'x'.repeat(1400)}`;

  expect(formatTerminalReport(withFindings(passed, [{ ...ignoredAuth, curl }]), plain).split('\n')).toContain(
    `  ${curl}`,
  );
});

test('shortens a command that would fill the screen', () => {
  const curl = `curl ${'x'.repeat(8192)}`;
  const text = formatTerminalReport(withFindings(passed, [{ ...ignoredAuth, curl }]), plain);

  expect(text).toMatch(/^ {2}curl x+… \(8,197 characters; whole in --report json=FILE\)$/m);
});

test.each(REPORTS)('prints the same text with and without colours: %s', (_, report) => {
  const coloured = formatTerminalReport(report, { ...plain, colour: true });

  expect(coloured).toContain('\u001b[');
  expect(stripVTControlCharacters(coloured)).toBe(formatTerminalReport(report, plain));
});

test('escapes control characters from the server', () => {
  expect(formatTerminalReport(hostile, plain)).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}]/u);
  expect(formatTerminalReport(hostile, plain)).toContain('\\x1b[31mred');
});

test('escapes commands for CI services', () => {
  const text = formatTerminalReport(
    withFindings(hostile, [{ ...ignoredAuth, actual: `${'x '.repeat(33)}${HOSTILE}` }]),
    plain,
  );

  expect(text).toContain('injected');
  expect(text).not.toMatch(/^\s*::/m);
  expect(text).not.toMatch(/##\w*\[/);
});
