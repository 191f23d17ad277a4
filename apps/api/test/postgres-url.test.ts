import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parsePostgresUrl } from '../src/database/postgres-url.ts';

const ANN = { user: 'ann', password: 'pw' };

test.for<[url: string, servers: object[]]>([
  ['postgresql://ann:pw@db:5433/shop', [{ host: 'db', port: 5433, database: 'shop', ...ANN }]],
  ['postgres://db', [{ host: 'db' }]],
  [' postgresql:///shop\n', [{ database: 'shop' }]],
  [
    'postgresql://a:1,b,[::1]:3/shop',
    [{ host: 'a', port: 1 }, { host: 'b' }, { host: '::1', port: 3 }].map((server) => ({
      ...server,
      database: 'shop',
    })),
  ],
  ['postgresql:///?host=a,b&port=5433', ['a', 'b'].map((host) => ({ host, port: 5433 }))],
  [
    'postgresql:///?host=a,::1&port=1,2',
    [
      { host: 'a', port: 1 },
      { host: '::1', port: 2 },
    ],
  ],
  ['postgresql://ann@/?host=/var/run', [{ host: '/var/run', user: 'ann' }]],
  ['postgresql://%2Fvar%2Frun:5433', [{ host: '/var/run', port: 5433 }]],
  [
    'postgresql://ann:p%40,%3A:w@x@db/sh%20op%3F%23%2F%C3%A9%25',
    [{ host: 'db', user: 'ann', password: 'p@,::w@x', database: 'sh op?#/é%' }],
  ],
  ['postgresql://ann:100%@db', [{ host: 'db', user: 'ann', password: '100%' }]],
  ['postgresql://ann:a#b?c@db/shop', [{ host: 'db', user: 'ann', password: 'a#b?c', database: 'shop' }]],
  [
    'postgresql://db/?user=ann&password=p+w%2B&dbname=a&dbname=b=c',
    [{ host: 'db', user: 'ann', password: 'p+w+', database: 'b=c' }],
  ],
])('%s names the servers %s', ([url, servers]) => {
  const parsed = parsePostgresUrl(url).servers.map(({ tls, parameters, ...server }) => server);
  expect(parsed).toEqual(servers);
});

const ENCRYPTED = { rejectUnauthorized: false };
const FILE = fileURLToPath(import.meta.url);
const VERIFIED = { ca: readFileSync(FILE, 'utf8'), rejectUnauthorized: true };
const NOT_BY_NAME = { ...VERIFIED, checkServerIdentity: expect.any(Function) };

test.for<[search: string, tls: unknown[]]>([
  ['', [undefined]],
  ['?sslmode=disable', [false]],
  ['?sslmode=allow', [false, ENCRYPTED]],
  ['?sslmode=prefer', [ENCRYPTED, false]],
  ['?sslmode=require', [ENCRYPTED]],
  ['?sslmode=no-verify', [ENCRYPTED]],
  [`?sslmode=require&sslrootcert=${FILE}`, [NOT_BY_NAME]],
  [`?sslmode=verify-ca&sslrootcert=${FILE}`, [NOT_BY_NAME]],
  [`?sslmode=verify-full&sslrootcert=${FILE}`, [VERIFIED]],
  ['?sslrootcert=system', [{ rejectUnauthorized: true }]],
  ['?ssl=true', [{ rejectUnauthorized: true }]],
  ['?sslmode=require&host=/var/run', [false]],
])('%s selects the ways to connect %s', ([search, tls]) => {
  expect(parsePostgresUrl(`postgresql://db/shop${search}`).servers[0]?.tls).toEqual(tls);
});

test('options of the URL that the driver does not know are read', () => {
  const url =
    'postgresql://a,b/shop?target_session_attrs=read-write&connect_timeout=2&pgbouncer=true&application_name=x%20y';
  expect(parsePostgresUrl(url)).toMatchObject({
    servers: ['a', 'b'].map((host) => ({ host, parameters: { application_name: 'x y' } })),
    sessions: 'read-write',
    isPooler: true,
    connectMs: 2_000,
  });
  expect(parsePostgresUrl('postgresql://a/shop')).toMatchObject({ sessions: 'any', isPooler: false });
});

test.for([
  ['mysql://ann:hunter2@db/shop', 'It does not begin with postgresql://.'],
  ['ann:hunter2@db', 'It does not begin with postgresql://.'],
  ['postgresql://ann:hunter2@a b:x/shop', 'A host or its port is invalid.'],
  ['postgresql://ann:hunter2@::1/shop', 'A host or its port is invalid.'],
  ['postgresql://ann:hunter2@db:65536/shop', 'A port must be a number from 1 to 65535.'],
  ['postgresql://ann:hunter2@/shop?host=a,b,c&port=1,2', 'It has 3 hosts, but 2 ports.'],
  ['postgresql://ann:hunter2@db/shop?target_session_attrs=master', 'target_session_attrs must be one of: any,'],
  ['postgresql://ann:hunter2@db/shop?connect_timeout=soon', 'connect_timeout must be a number of seconds.'],
  ['postgresql://ann:hunter2%ff@db/shop', 'Its percent-encoded characters are not UTF-8.'],
  ['postgresql://db/shop?password=hunter2%ff', 'Its percent-encoded characters are not UTF-8.'],
  ['postgresql://ann:1/hunter2@db/shop', 'It has an @ after a /. Write %2F for a / in the password'],
  ['postgresql://ann:hunter2@db/shop?pgbouncer=yes', 'pgbouncer must be one of: true, false.'],
  ['postgresql://ann:hunter2@db/shop?sslmode=hunter2', 'sslmode must be one of: disable, allow, prefer,'],
  ['postgresql://ann:hunter2@db/shop?sslmode=verify-ca', 'sslmode=verify-ca needs sslrootcert'],
  ['postgresql://ann:hunter2@db/shop?sslrootcert=/hunter2', 'The file of sslrootcert cannot be read (ENOENT).'],
  [`postgresql://ann:hunter2@db/shop?sslkey=${FILE}`, 'A file of sslrootcert, sslcert or sslkey is not a certificate'],
  ['postgresql:///?service=hunter2', 'The parameter service is not supported.'],
  ['postgresql://ann:hunter2@/shop?hostaddr=10.0.0.1', 'The parameter hostaddr is not supported.'],
] as const)('%s is rejected without its password: %s', ([url, reason]) => {
  const parse = () => parsePostgresUrl(url);
  expect(parse).toThrow(`DATABASE_URL is invalid. ${reason}`);
  expect(parse).not.toThrow(/hunter2|ann:/);
});
