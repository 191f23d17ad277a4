import { describe, expect, test } from 'vitest';
import { formatGithubCommands, formatGithubSummary } from '../../src/report/github.ts';
import { failed, hostile, ignoredAuth, notesOnly, passed, stopped, withFindings } from './fixtures.ts';

describe('workflow commands', () => {
  test('point at the line of the description', () => {
    expect(formatGithubCommands(failed).split('\n')[0]).toBe(
      '::error file=spec/openapi.yaml,line=107,title=ignored_auth%3A retrieveCustomer::' +
        'Requests without a valid key get no data.%0A' +
        'Test case: basicAuth: no key, 12 times.%0A' +
        'Expected status 401, because the operation requires basicAuth or tokenAuth%0A' +
        '  spec/openapi.yaml:107 (#/paths/~1v2~1customers~1{customer}/get/responses/401)%0A' +
        'Received status 200 with a customer%0A' +
        "curl -i http://127.0.0.1:4010/v2/customers/cus_1234ABCD -H 'Accept: application/json'",
    );
  });

  test('are notices for notes and a warning for a run that ended early', () => {
    expect(formatGithubCommands(notesOnly)).toMatch(/^::notice file=.*\n$/);
    expect(formatGithubCommands(stopped)).toMatch(
      /^::warning title=.*::The run ended early: the time limit of 60 s was reached\.\n$/,
    );
  });

  test('escape text from the server', () => {
    const lines = formatGithubCommands(
      withFindings(hostile, [{ ...ignoredAuth, actual: '100%0A::x\n::error::', check: 'ignored_auth' }]),
    );

    expect(lines.trimEnd().split('\n')).toHaveLength(1);
    expect(lines).toContain('Received 100%250A::x%0A::error::%0A');
  });
});

describe('the job summary', () => {
  test('contains verdict, findings, checks, coverage and figures', () => {
    const summary = formatGithubSummary(failed);

    expect(summary).toMatch(/^## Contract tests failed/);
    expect(summary).toContain(`\`\`\`sh\n${ignoredAuth.curl}\n\`\`\``);
    expect(summary).toContain('| Check | Operation | Result |');
    expect(summary).toContain('security scheme tokenAuth |');
    expect(summary).toContain('2,114 requests in 3.2 s');
  });

  test('escapes Markdown and HTML from the server', () => {
    const text = formatGithubSummary(hostile).replace(/^(`{3,})sh\n.*\n\1$/gms, '');

    expect(text).not.toMatch(/<|\]\(|^::|`x`/m);
    expect(text).toContain('&#60;script&#62;');
  });

  test('uses a fence that is longer than any in the command', () => {
    expect(formatGithubSummary(hostile)).toMatch(/^````sh\n.*```.*\n````$/m);
  });

  test('stays below the size limit of GitHub', () => {
    const many = withFindings(
      passed,
      Array.from({ length: 2000 }, () => ({ ...ignoredAuth, actual: 'x'.repeat(2000) })),
    );
    const summary = formatGithubSummary(many);

    expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024);
    expect(summary).toMatch(/… and \d+ more; all are in `--report json=FILE`/);
    expect(summary).toContain('| Check | Operation | Result |');
  });
});
