import { createServer } from 'node:net';
import { type Context, listenInTest } from '@firstofficer/common/testing';
import { DEFAULT_TOKEN } from '@firstofficer/mock';
import { describe, expect, test } from 'vitest';
import { readFirstExample } from '../src/start.ts';
import { addressOf, launch, NOTHING_LEFT } from './support/launch.ts';

const FREE_API = ['--mock-port', '0', '--api-port', '0'];
const FREE_ALL = [...FREE_API, '--docs-port', '0'];

function headers(key: string) {
  return { Authorization: `Token token="${key}"` };
}

/** Listens on a free port, and counts the connections. */
async function countConnections(context: Context) {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  const { port } = await listenInTest(context, server);
  return { port, connections: () => connections };
}

describe.concurrent('pnpm start', () => {
  test('shows a customer and addresses that work while the docs are being built, and the docs after that', async (context) => {
    const { child, build, readUntil, end } = await launch(context, { options: FREE_ALL });
    const summary = await readUntil('Building the docs in the background ... ');

    const { identifier, path } = await readFirstExample();
    expect(summary).toContain(`stripe_id: '${identifier}'`);
    expect(summary).toMatch(/^› Starting the mock \.\.\. \d+\.\d s$/m);
    const mock = addressOf('Mock', summary);
    expect(summary).toContain(`curl ${mock}${path} -u ${DEFAULT_TOKEN}:`);
    expect((await fetch(`${mock}${path}`, { headers: headers(DEFAULT_TOKEN) })).status).toBe(200);
    const api = addressOf('API', summary);
    const key = new RegExp(`curl ${api}${path} -u (\\S+):`).exec(summary)?.[1] ?? '';
    expect(await (await fetch(`${api}${path}`, { headers: headers(key) })).json()).toMatchObject({
      object: 'customer',
    });

    await build.started();
    build.finish(0);
    const docs = addressOf('Docs', await readUntil('  Docs '));
    expect(await (await fetch(docs)).text()).toContain('FirstOfficer Customers API');
    const fromDocs = await fetch(`${api}${path}`, { headers: { ...headers(key), Origin: docs } });
    expect(fromDocs.headers.get('access-control-allow-origin')).toBe(docs);

    child.kill('SIGTERM');
    expect(await end()).toEqual(NOTHING_LEFT);
  });

  test('a build that fails is reported, the servers keep running, and the exit code is 1', async (context) => {
    const { child, build, readUntil, end } = await launch(context, { options: FREE_ALL });
    await build.started();
    build.finish(1);
    const output = await readUntil('failed after');

    const { path } = await readFirstExample();
    expect((await fetch(`${addressOf('Mock', output)}${path}`, { headers: headers(DEFAULT_TOKEN) })).status).toBe(200);
    child.kill('SIGINT');
    const { code, errors } = await end();
    expect(code).toBe(1);
    expect(errors).toMatch(
      /Building the docs in the background failed: .* exit code 1:\s+spec\/openapi\.yaml has no title\./,
    );
    expect(errors).toContain('pass --no-docs');
  });

  test('serves the docs from their last build with --no-build', async (context) => {
    const { child, build, readUntil, end } = await launch(context, {
      options: ['--mock-port', '0', '--docs-port', '0', '--no-api', '--no-build'],
    });
    const docs = addressOf('Docs', await readUntil('  Docs '));
    expect((await fetch(docs)).status).toBe(200);

    child.kill('SIGHUP');
    expect(await end()).toEqual(NOTHING_LEFT);
    expect(build.processes).toEqual([]);
  });

  test('starts only the mock with --no-api and --no-docs', async (context) => {
    const { child, build, readUntil, end } = await launch(context, {
      options: ['--mock-port', '0', '--no-api', '--no-docs'],
    });
    const output = await readUntil('Press Ctrl-C');

    expect(output).not.toMatch(/API|docs/i);
    child.kill('SIGINT');
    expect(await end()).toEqual(NOTHING_LEFT);
    expect(build.processes).toEqual([]);
  });

  test('does not use the database and the secret of the environment', async (context) => {
    const database = await countConnections(context);
    const { child, readUntil, end } = await launch(context, {
      options: [...FREE_API, '--no-docs'],
      env: {
        DATABASE_URL: `postgres://user:password@127.0.0.1:${database.port}/production`,
        FIRSTOFFICER_API_SECRET: 'invalid',
      },
    });
    await readUntil('Press Ctrl-C');

    child.kill('SIGINT');
    expect(await end()).toEqual(NOTHING_LEFT);
    expect(database.connections()).toBe(0);
  });

  test('Ctrl-C while the mock starts and the docs are being built leaves nothing behind', async (context) => {
    const { child, build, end } = await launch(context, { options: FREE_ALL });
    await build.started();

    child.kill('SIGINT');
    expect(await end()).toEqual(NOTHING_LEFT);
  });

  test('Ctrl-C in a terminal, which reaches the whole process group, leaves nothing behind', async (context) => {
    const { child, build, readUntil, end } = await launch(context, { options: FREE_ALL });
    await build.started();
    await readUntil('Press Ctrl-C');

    process.kill(-(child.pid as number), 'SIGINT');
    expect(await end()).toEqual(NOTHING_LEFT);
  });

  test('stops when nothing reads its output any longer', async (context) => {
    const { child, build, readUntil, end } = await launch(context, { options: FREE_ALL });
    await build.started();
    await readUntil('Starting the mock');

    child.stdout.destroy();
    expect(await end()).toEqual(NOTHING_LEFT);
  });

  test('prints the failed step, the reason and what to do, and ends', async (context) => {
    const { end } = await launch(context, { options: [...FREE_API, '--no-docs'], env: { TMPDIR: '/no/such/folder' } });

    const { code, errors } = await end();
    expect(code).toBe(1);
    expect(errors).toMatch(
      /Starting the API failed: .*\/no\/such\/folder.*\nTo start without the API, pass --no-api\./,
    );
  });

  test('a requested port that is in use is an error before anything starts', async (context) => {
    const { port } = await countConnections(context);
    const { child, build, end } = await launch(context, { options: [...FREE_API, '--docs-port', String(port)] });

    const { code, errors } = await end();
    expect(code).toBe(1);
    expect(errors).toContain(`port ${port} is in use. Leave out --docs-port`);
    expect(child.stdout.read()).toBeNull();
    expect(build.processes).toEqual([]);
  });

  test.for([
    [['--mock-port', 'http'], 'It must be a number from 0 to 65535'],
    [['--docs-port', '8080', '--no-docs'], "'--docs-port <number>' cannot be used with option '--no-docs'"],
    [['--api-port', '3000', '--no-api'], "'--api-port <number>' cannot be used with option '--no-api'"],
    [['--prot', '3000'], "unknown option '--prot'"],
  ] as const)('exits with 2 on wrong usage: %j', async ([options, message], context) => {
    const { end } = await launch(context, { options });

    const { code, errors } = await end();
    expect(code).toBe(2);
    expect(errors).toContain(message);
  });

  test('--help shows the options and the exit codes', async (context) => {
    const { readUntil, end } = await launch(context, { options: ['--help'] });
    const output = await readUntil('Exit codes');

    for (const option of ['--no-docs', '--no-api', '--no-build', '--mock-port', '--api-port', '--docs-port']) {
      expect(output).toContain(option);
    }
    expect((await end()).code).toBe(0);
  });
});
