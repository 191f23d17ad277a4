import { createHash } from 'node:crypto';
import { HtmlValidate } from 'html-validate';
import { expect, test } from 'vitest';
import { formatHtml } from '../../src/report/html.ts';
import { failed, hostile, notesOnly, passed, REPORTS, stopped } from './fixtures.ts';

const validator = new HtmlValidate({
  extends: ['html-validate:recommended', 'html-validate:document', 'html-validate:a11y'],
  // Verdicts are long, and file paths are quoted unchanged.
  rules: { 'long-title': 'off', 'no-trailing-whitespace': 'off' },
});

test.each(REPORTS)('is valid, accessible HTML: %s', async (_, report) => {
  const { results } = await validator.validateString(formatHtml(report));

  expect(
    results.flatMap(({ messages }) => messages.map(({ ruleId, message, line }) => ({ ruleId, message, line }))),
  ).toEqual([]);
});

test.each(REPORTS)('loads no resource and runs no script: %s', (_, report) => {
  const page = formatHtml(report);

  expect(page).not.toMatch(/<(script|img|link|iframe|object|embed|form|a)\b/i);
  expect(page).not.toMatch(/<[^>]+\s(style|on\w+|href|src)=/i);
  expect(page.match(/url\(|@import/g)).toBeNull();
});

test('has a policy that allows only its own style', () => {
  const page = formatHtml(passed);
  const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? [];
  const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
  const hash = createHash('sha256').update(style).digest('base64');

  expect(policy?.replaceAll('&#39;', "'")).toBe(
    `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
  );
});

test('has the verdict as title and first heading', () => {
  const page = formatHtml(failed);

  expect(page).toContain('<title>Contract tests failed: 2 of 4 checks of http://127.0.0.1:4010.</title>');
  expect(page).toContain('<h1>Contract tests failed: 2 of 4 checks of http://127.0.0.1:4010.</h1>');
});

test('escapes text from the server', () => {
  expect(formatHtml(hostile)).toContain('&lt;script&gt;alert(1)&lt;/script&gt; ]]&gt; --&gt; &amp; &quot;quoted&quot;');
});

test('has no headings for findings if there are none', () => {
  expect(formatHtml(passed)).not.toMatch(/<h2[^>]*>(Errors|Notes)/);
  expect(formatHtml(notesOnly)).not.toMatch(/<h2[^>]*>Errors/);
});

test('contains the reason why the run ended early', () => {
  expect(formatHtml(stopped)).toContain('The run ended early: the time limit of 60 s was reached.');
});
