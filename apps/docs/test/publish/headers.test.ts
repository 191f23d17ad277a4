import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { buildContentSecurityPolicy, mergeHeaders, renderHeaders } from '../../src/publish/headers.ts';

const csp = "default-src 'none'; script-src 'self'";

/** Returns the headers of a path as hosts read the file: all matching rules, with values of the same header joined. */
function readHeaders(path: string, file = renderHeaders({ csp, immutable: ['/assets/*'] })): Record<string, string> {
  const headers: Record<string, string> = {};
  let isMatch = false;
  for (const line of file.split('\n').filter((each) => each !== '')) {
    const [, name, value] = /^ {2}([A-Za-z-]+): (.+)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) {
      isMatch = new RegExp(`^${line.replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(path);
    } else if (isMatch) headers[name] = name in headers ? `${headers[name]}, ${value}` : value;
  }
  return headers;
}

test.each(['/', '/pets/', '/index.html', '/assets/app.1a2b.js', '/llms.txt'])('%s has all security headers', (path) => {
  expect(readHeaders(path)).toMatchObject({
    'Content-Security-Policy': `${csp}; frame-ancestors 'none'`,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'X-Frame-Options': 'DENY',
    'Permissions-Policy': expect.stringContaining('camera=()'),
    'Cross-Origin-Opener-Policy': 'same-origin',
  });
});

test('the file has no Strict-Transport-Security header', () => {
  expect(readHeaders('/')).not.toHaveProperty('Strict-Transport-Security');
});

test('files with hashed names are cached for a year, all others are revalidated', () => {
  expect(readHeaders('/assets/app.1a2b.js')['Cache-Control']).toBe('public, max-age=31536000, immutable');
  for (const path of ['/', '/index.html', '/a/index.html', '/llms.txt', '/a.md', '/openapi.json', '/sitemap.xml']) {
    expect(readHeaders(path)['Cache-Control']).toBe('no-cache');
  }
});

test.each([
  ['/pets/get.md', 'text/markdown; charset=utf-8'],
  ['/llms.txt', 'text/plain; charset=utf-8'],
  ['/openapi.yaml', 'application/yaml'],
  ['/index.html', undefined],
])('%s has the Content-Type %s', (path, type) => {
  expect(readHeaders(path)['Content-Type']).toBe(type);
});

test.each([
  ["default-src 'none'; frame-ancestors 'self'", "default-src 'none'; frame-ancestors 'self'"],
  ["default-src 'none'; ", "default-src 'none'; frame-ancestors 'none'"],
])('the header for the policy "%s" is "%s"', (policy, header) => {
  const file = renderHeaders({ csp: policy, immutable: [] });

  expect(readHeaders('/', file)['Content-Security-Policy']).toBe(header);
});

test('invalid values are an error', () => {
  expect(() => renderHeaders({ csp: 'a\nb', immutable: [] })).toThrow('one line');
  expect(() => renderHeaders({ csp: `default-src ${'a'.repeat(2000)}`, immutable: [] })).toThrow('too long');
  expect(() => renderHeaders({ csp, immutable: ['assets/*'] })).toThrow('"assets/*" must begin with a slash');
});

const formatHash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

test('the policy allows only files of the site', () => {
  const policy = buildContentSecurityPolicy({});

  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
});

test('the policy allows each inline script and style by its hash, and requests to the given servers', () => {
  const servers = ['http://127.0.0.1:*', 'http://localhost:*'];
  const policy = buildContentSecurityPolicy({ scripts: ['go("x")'], styles: ['p { top: 0 }'], servers });

  expect(policy).toContain(`script-src 'self' ${formatHash('go("x")')};`);
  expect(policy).toContain(`style-src 'self' ${formatHash('p { top: 0 }')};`);
  expect(policy).toContain("connect-src 'self' http://127.0.0.1:* http://localhost:*;");
});

const current = renderHeaders({ csp: "default-src 'none'; style-src 'self' 'sha256-b'", immutable: ['/assets/*'] });
const older = renderHeaders({
  csp: "default-src 'none'; style-src 'sha256-a'; img-src data:",
  immutable: ['/v1/assets/*'],
});
const merged = mergeHeaders(current, [{ base: '/v1/', text: older }]);

test('the merged file has the rules of the current version and the assets of each version as immutable', () => {
  const listPatterns = (file: string) => file.split('\n').filter((line) => line.startsWith('/'));

  expect(listPatterns(merged)).toEqual([...listPatterns(current), '/v1/assets/*']);
  for (const path of ['/assets/a.js', '/v1/assets/a.js']) {
    expect(readHeaders(path, merged)['Cache-Control']).toContain('public, max-age=31536000, immutable');
  }
});

test('the merged policy allows exactly the sources of all versions, each once', () => {
  expect(merged.match(/Content-Security-Policy: .*/g)).toEqual([
    "Content-Security-Policy: default-src 'none'; style-src 'self' 'sha256-b' 'sha256-a'; frame-ancestors 'none'; img-src data:",
  ]);
});

test("the merged policy omits 'none' if another version allows a source", () => {
  const open = renderHeaders({ csp: "default-src 'self'", immutable: [] });

  expect(mergeHeaders(current, [{ base: '/v1/', text: open }])).toContain("default-src 'self';");
});

test('a merged policy that is too long for hosts is an error', () => {
  const long = (letter: string) => renderHeaders({ csp: `style-src ${letter.repeat(1200)}`, immutable: [] });

  expect(() => mergeHeaders(long('a'), [{ base: '/v1/', text: long('b') }])).toThrow('too long');
});
