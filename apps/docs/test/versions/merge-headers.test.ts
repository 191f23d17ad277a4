import { expect, test } from 'vitest';
import { renderHeaders } from '../../src/publish/index.ts';
import { mergeHeaders } from '../../src/versions/merge-headers.ts';

const current = renderHeaders({ csp: "default-src 'none'; style-src 'self' 'sha256-b'", immutable: ['/assets/*'] });
const text = renderHeaders({
  csp: "default-src 'none'; style-src 'sha256-a'; img-src data:",
  immutable: ['/v1/assets/*'],
});

test('the assets of each version are immutable', () => {
  const merged = mergeHeaders(current, [{ base: '/v1/', text }]);

  for (const pattern of ['/assets/*', '/v1/assets/*']) {
    expect(merged).toContain(`\n${pattern}\n  Cache-Control: public, max-age=31536000, immutable\n`);
  }
});

test('the policy allows exactly the sources of all versions, each once', () => {
  const merged = mergeHeaders(current, [{ base: '/v1/', text }]);

  expect(merged.match(/Content-Security-Policy: .*/g)).toEqual([
    "Content-Security-Policy: default-src 'none'; style-src 'self' 'sha256-b' 'sha256-a'; frame-ancestors 'none'; img-src data:",
  ]);
});

test('a source of one version replaces none', () => {
  const open = renderHeaders({ csp: "default-src 'self'", immutable: [] });

  expect(mergeHeaders(current, [{ base: '/v1/', text: open }])).toContain("default-src 'self';");
});

test('other rules of an older version are not repeated', () => {
  const merged = mergeHeaders(current, [{ base: '/v1/', text }]);
  const patterns = merged.split('\n').filter((line) => line.startsWith('/'));

  expect(patterns).toEqual([...new Set(patterns)]);
  expect(patterns).toHaveLength(current.split('\n').filter((line) => line.startsWith('/')).length + 1);
});

test('a policy that is too long for hosts is an error', () => {
  const long = (letter: string) => renderHeaders({ csp: `style-src ${letter.repeat(1200)}`, immutable: [] });

  expect(() => mergeHeaders(long('a'), [{ base: '/v1/', text: long('b') }])).toThrow('too long');
});
