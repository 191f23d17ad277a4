import { expect, test } from 'vitest';
import { headersFile } from '../../src/publish/index.ts';

const csp = "default-src 'none'; script-src 'self'";

/** The headers of a path, as such hosts read the file: those of every rule that fits, of the same name joined. */
function headersOf(path: string, file = headersFile({ csp, immutable: ['/assets/*'] })): Record<string, string> {
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

test.each(['/', '/pets/', '/index.html', '/assets/app.1a2b.js', '/llms.txt'])(
  '%s has every header of safety',
  (path) => {
    expect(headersOf(path)).toMatchObject({
      'Content-Security-Policy': `${csp}; frame-ancestors 'none'`,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'X-Frame-Options': 'DENY',
      'Permissions-Policy': expect.stringContaining('camera=()'),
      'Cross-Origin-Opener-Policy': 'same-origin',
    });
  },
);

test('transport security is for whoever runs the host to decide', () => {
  expect(headersOf('/')).not.toHaveProperty('Strict-Transport-Security');
});

test('what changes its name with its content is kept for a year, all else is asked for', () => {
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
])('%s has the type %s', (path, type) => {
  expect(headersOf(path)['Content-Type']).toBe(type);
});

test('what a policy says of frames itself is left to it', () => {
  const policy = "default-src 'none'; frame-ancestors 'self'";

  expect(headersOf('/', headersFile({ csp: policy, immutable: [] }))['Content-Security-Policy']).toBe(policy);
});

test('the policy ends well where it ended with a semicolon', () => {
  const file = headersFile({ csp: "default-src 'none'; ", immutable: [] });

  expect(headersOf('/', file)['Content-Security-Policy']).toBe("default-src 'none'; frame-ancestors 'none'");
});

test('what cannot stand in the file is refused', () => {
  expect(() => headersFile({ csp: 'a\nb', immutable: [] })).toThrow('one line');
  expect(() => headersFile({ csp: `default-src ${'a'.repeat(2000)}`, immutable: [] })).toThrow('too long');
  expect(() => headersFile({ csp, immutable: ['assets/*'] })).toThrow('"assets/*" must begin with a slash');
});
