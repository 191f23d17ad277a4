import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { contentSecurityPolicy } from '../../src/page/csp.ts';

const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

test('nothing is allowed but what the site itself holds', () => {
  const policy = contentSecurityPolicy([]);

  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|https?:|\*/);
});

test('each script and style of the pages is allowed by its hash, as a browser reads it', () => {
  const policy = contentSecurityPolicy([
    '<script>go("x")</script><p style="color:&quot;a&quot;">',
    '<p style="top:0">',
  ]);

  expect(policy).toContain(hash('go("x")'));
  expect(policy).toContain(hash('color:"a"'));
  expect(policy).toContain(hash('top:0'));
});
