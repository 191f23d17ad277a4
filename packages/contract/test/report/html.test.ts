import { createHash } from 'node:crypto';
import { HtmlValidate } from 'html-validate';
import { expect, test } from 'vitest';
import { htmlReport } from '../../src/report/html.ts';
import { failed, hostile, notesOnly, passed, REPORTS, stopped } from './fixtures.ts';

const validator = new HtmlValidate({
  extends: ['html-validate:recommended', 'html-validate:document', 'html-validate:a11y'],
  // Verdicts are long, and file paths are quoted unchanged.
  rules: { 'long-title': 'off', 'no-trailing-whitespace': 'off' },
});

test.each(REPORTS)('is valid, accessible HTML: %s', async (_, report) => {
  const { results } = await validator.validateString(htmlReport(report));

  expect(
    results.flatMap(({ messages }) => messages.map(({ ruleId, message, line }) => ({ ruleId, message, line }))),
  ).toEqual([]);
});

test.each(REPORTS)('loads and runs nothing: %s', (_, report) => {
  const page = htmlReport(report);

  expect(page).not.toMatch(/<(script|img|link|iframe|object|embed|form|a)\b/i);
  expect(page).not.toMatch(/<[^>]+\s(style|on\w+|href|src)=/i);
  expect(page.match(/url\(|@import/g)).toBeNull();
});

test('its policy allows its own style and nothing else', () => {
  const page = htmlReport(passed);
  const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? [];
  const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
  const hash = createHash('sha256').update(style).digest('base64');

  expect(policy?.replaceAll('&#39;', "'")).toBe(
    `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
  );
});

test('the verdict is the title and the first heading', () => {
  const page = htmlReport(failed);

  expect(page).toContain('<title>Contract tests failed: 2 of 4 checks of http://127.0.0.1:4010.</title>');
  expect(page).toContain('<h1>Contract tests failed: 2 of 4 checks of http://127.0.0.1:4010.</h1>');
});

test('hostile text stays text', () => {
  expect(htmlReport(hostile)).toContain('&lt;script&gt;alert(1)&lt;/script&gt; ]]&gt; --&gt; &amp; &quot;quoted&quot;');
});

test('there are no headings without findings', () => {
  expect(htmlReport(passed)).not.toMatch(/<h2[^>]*>(Errors|Notes)/);
  expect(htmlReport(notesOnly)).not.toMatch(/<h2[^>]*>Errors/);
});

test('a run that ended early says why', () => {
  expect(htmlReport(stopped)).toContain('The run ended early: the time limit of 60 s was reached.');
});
