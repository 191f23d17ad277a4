import { expect, test } from 'vitest';
import { parsePostgresUrl } from '../src/database/postgres-url.ts';

test.for<[url: string, servers: string[]]>([
  ['postgresql://ann:pw@db:5433/shop', ['postgresql:///shop?host=db&port=5433&user=ann&password=pw']],
  ['postgres://db', ['postgresql:///?host=db']],
  ['postgresql:///shop', ['postgresql:///shop?']],
  [
    'postgresql://a:1,b,[::1]:3/shop',
    ['a&port=1', 'b', '%3A%3A1&port=3'].map((host) => `postgresql:///shop?host=${host}`),
  ],
  [
    'postgresql://a,b:2/shop?sslmode=disable',
    ['a', 'b&port=2'].map((host) => `postgresql:///shop?sslmode=disable&host=${host}`),
  ],
  ['postgresql:///shop?host=a,b&port=5433', ['a', 'b'].map((host) => `postgresql:///shop?host=${host}&port=5433`)],
  ['postgresql:///shop?host=a,b&port=1,2', ['a&port=1', 'b&port=2'].map((host) => `postgresql:///shop?host=${host}`)],
  ['postgresql://ann@/shop?host=/var/run', ['postgresql:///shop?host=%2Fvar%2Frun&user=ann']],
  ['postgresql://%2Fvar%2Frun:5433/shop', ['postgresql:///shop?host=%2Fvar%2Frun&port=5433']],
  ['postgresql://ann:p%40,%3A:w@x@db/sh%20op', ['postgresql:///sh%20op?host=db&user=ann&password=p%40%2C%3A%3Aw%40x']],
  ['postgresql://ann:100%@db/shop', ['postgresql:///shop?host=db&user=ann&password=100%25']],
  ['postgresql://db/?user=ann&password=pw&dbname=shop', ['postgresql:///shop?host=db&user=ann&password=pw']],
])('%s names the servers %s', ([url, servers]) => {
  expect(parsePostgresUrl(url).urls).toEqual(servers);
});

test('options of the URL that the driver does not know are read', () => {
  const url = 'postgresql://a,b/shop?target_session_attrs=read-write&connect_timeout=2&pgbouncer=true';
  expect(parsePostgresUrl(url)).toMatchObject({
    urls: ['postgresql:///shop?host=a', 'postgresql:///shop?host=b'],
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
] as const)('%s is rejected without its password: %s', ([url, reason]) => {
  const parse = () => parsePostgresUrl(url);
  expect(parse).toThrow(`DATABASE_URL is invalid. ${reason}`);
  expect(parse).not.toThrow(/hunter2|ann/);
});
