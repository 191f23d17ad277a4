import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { buildContentSecurityPolicy } from '../../src/page/csp.ts';

const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

test('the policy allows only files of the site', () => {
  const policy = buildContentSecurityPolicy([]);

  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|https?:|\*/);
});

test('the policy allows each inline script and style by its hash', () => {
  const policy = buildContentSecurityPolicy([
    '<script>go("x")</script><p style="color:&quot;a&quot;">',
    '<p style="top:0">',
  ]);

  expect(policy).toContain(hash('go("x")'));
  expect(policy).toContain(hash('color:"a"'));
  expect(policy).toContain(hash('top:0'));
});
