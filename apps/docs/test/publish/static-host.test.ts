import { expect, test } from 'vitest';
import { renderHeaders } from '../../src/publish/index.ts';

const csp = "default-src 'none'; script-src 'self'";

/** Returns the headers of a path as hosts read the file: all matching rules, with values of the same header joined. */
function headersOf(path: string, file = renderHeaders({ csp, immutable: ['/assets/*'] })): Record<string, string> {
  const headers: Record<string, string> = {};
  let fits = false;
  for (const line of file.split('\n').filter((each) => each !== '')) {
    const [, name, value] = /^ {2}([A-Za-z-]+): (.+)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) {
      fits = new RegExp(`^${line.replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(path);
    } else if (fits) headers[name] = name in headers ? `${headers[name]}, ${value}` : value;
  }
  return headers;
}

test.each(['/', '/pets/', '/index.html', '/assets/app.1a2b.js', '/llms.txt'])('%s has all security headers', (path) => {
  expect(headersOf(path)).toMatchObject({
    'Content-Security-Policy': `${csp}; frame-ancestors 'none'`,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'X-Frame-Options': 'DENY',
    'Permissions-Policy': expect.stringContaining('camera=()'),
    'Cross-Origin-Opener-Policy': 'same-origin',
  });
});

test('the file has no Strict-Transport-Security header', () => {
  expect(headersOf('/')).not.toHaveProperty('Strict-Transport-Security');
});

test('files with hashed names are cached for a year, all others are revalidated', () => {
  expect(headersOf('/assets/app.1a2b.js')['Cache-Control']).toBe('public, max-age=31536000, immutable');
  for (const path of [
    '/',
    '/index.html',
    '/pets/index.html',
    '/llms.txt',
    '/pets.md',
    '/openapi.json',
    '/sitemap.xml',
  ]) {
    expect(headersOf(path)['Cache-Control']).toBe('no-cache');
  }
});

test.each([
  ['/pets/get.md', 'text/markdown; charset=utf-8'],
  ['/llms.txt', 'text/plain; charset=utf-8'],
  ['/openapi.yaml', 'application/yaml'],
  ['/index.html', undefined],
])('%s has the Content-Type %s', (path, type) => {
  expect(headersOf(path)['Content-Type']).toBe(type);
});

test('the frame-ancestors directive of the policy is kept', () => {
  const policy = "default-src 'none'; frame-ancestors 'self'";

  expect(headersOf('/', renderHeaders({ csp: policy, immutable: [] }))['Content-Security-Policy']).toBe(policy);
});

test('a policy may end with a semicolon', () => {
  const file = renderHeaders({ csp: "default-src 'none'; ", immutable: [] });

  expect(headersOf('/', file)['Content-Security-Policy']).toBe("default-src 'none'; frame-ancestors 'none'");
});

test('invalid values are an error', () => {
  expect(() => renderHeaders({ csp: 'a\nb', immutable: [] })).toThrow('one line');
  expect(() => renderHeaders({ csp: `default-src ${'a'.repeat(2000)}`, immutable: [] })).toThrow('too long');
  expect(() => renderHeaders({ csp, immutable: ['assets/*'] })).toThrow('"assets/*" must begin with a slash');
});
