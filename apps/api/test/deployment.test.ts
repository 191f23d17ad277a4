import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkServeFlags } from '../src/commands/serve-options.ts';
import { createProgram } from '../src/program.ts';

const FOLDER = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string) => readFile(join(FOLDER, file), 'utf8');

const service = await read('deploy/firstofficer-api.service');
const syncService = await read('deploy/firstofficer-sync.service');
const timer = await read('deploy/firstofficer-sync.timer');
const dockerfile = await read('Dockerfile');
const compose = parse(await read('deploy/compose.yaml'));
const guides = (await readdir(join(FOLDER, 'docs'))).map((file) => `docs/${file}`);

/** Parses a command line without running it. Throws if an option or an argument is wrong. */
async function parseCommand(args: readonly string[]): Promise<void> {
  const program = createProgram();
  const prepare = (command: Command): void => {
    // The actions of commands would use the data.
    if (command.commands.length === 0) command.action(() => {});
    command.exitOverride().configureOutput({ writeErr: () => {} });
    command.commands.forEach(prepare);
  };
  prepare(program);
  const serve = program.commands.find((command) => command.name() === 'serve') ?? expect.fail();
  serve.action((flags, command) => checkServeFlags(flags, command, { FIRSTOFFICER_STRIPE_KEY: 'rk_test_1' }));
  await program.parseAsync(args, { from: 'user' });
}

/** Splits the arguments of a shell command, up to a comment or another command. */
function splitArguments(text: string): string[] {
  const [command = ''] = text.split(/ #|[|<>;&)]/);
  return [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
}

describe('command lines', () => {
  test.for(['README.md', '../../README.md', ...guides])(
    'the commands in %s exist, with their options',
    async (file) => {
      const text = await read(file);
      const lines = [
        ...[...text.matchAll(/^```(?:sh|ini)\n(.*?)^```/gms)].flatMap(([, code = '']) => code.split('\n')),
        ...[...text.matchAll(/`(firstofficer-api [^`]+)`/g)].map(([, code = '']) => code),
      ];
      for (const line of lines) {
        const args =
          /(?:(?<=^|[\s(]|bin\/)firstofficer-api(?:\.js)?|pnpm@12(?: --silent)? api|run --rm(?: -T)? api) +(.*)$/.exec(
            line,
          )?.[1];
        if (args !== undefined) await expect(parseCommand(splitArguments(args)), line).resolves.toBeUndefined();
      }
    },
  );

  test('commands in documentation are found and parsed', async () => {
    expect(splitArguments(`account create "Acme Inc." --data '/d' # comment`)).toEqual([
      'account',
      'create',
      'Acme Inc.',
      '--data',
      '/d',
    ]);
    await expect(parseCommand(['serve', '--trust-proxies', '10.0.0.1'])).rejects.toThrow('unknown option');
    await expect(parseCommand(['serve', '--host', '0.0.0.0'])).rejects.toThrow('--trust-proxy');
  });
});

/** Returns the function that returns all values of a setting of a systemd unit. */
function readSettings(unit: string): (name: string) => string[] {
  const settings = unit.split('\n').flatMap((line) => {
    const [, name, value] = /^([A-Za-z]+)=(.*)$/.exec(line) ?? [];
    return name === undefined ? [] : [[name, value ?? ''] as const];
  });
  return (name) => settings.filter(([other]) => other === name).map(([, value]) => value);
}

describe.each([
  ['firstofficer-api.service', service],
  ['firstofficer-sync.service', syncService],
])('the systemd unit %s', (name, unit) => {
  const get = readSettings(unit);

  test('starts the command with valid options, and the data is in its state directory', async () => {
    const [command = ''] = get('ExecStart');
    const [node, script, ...args] = splitArguments(command);
    expect([node, script]).toEqual(['/usr/bin/node', '/opt/firstofficer-api/bin/firstofficer-api.js']);
    await parseCommand(args);
    expect(args[args.indexOf('--data') + 1]).toBe(`/var/lib/${get('StateDirectory')}`);
    expect(get('StateDirectoryMode')).toEqual(['0700']);
    expect(get('MemoryDenyWriteExecute')).toEqual([]);
  });

  test('passes systemd-analyze verify', async (context) => {
    // The paths of the unit do not exist on this machine.
    const local = unit.replace('/usr/bin/node', process.execPath).replaceAll('postgresql.service', '');
    const folder = await createTemporaryFolder(context, { [name]: local, 'firstofficer-sync.timer': timer });
    const args = ['verify', '--man=no', join(folder, name), join(folder, 'firstofficer-sync.timer')];
    const result = await promisify(execFile)('systemd-analyze', args).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') context.skip('systemd-analyze is not installed');
      throw error;
    });
    expect(result.stderr.split('\n').filter((line) => line.includes('firstofficer'))).toEqual([]);
  });
});

test('the sync runs as the same user as the server, with the same protection', () => {
  const [ofServer, ofSync] = [readSettings(service), readSettings(syncService)];
  const names = ['User', 'StateDirectory', 'UMask', 'NoNewPrivileges', 'ProtectSystem', 'SystemCallFilter'];
  for (const name of names) expect(ofSync(name), name).toEqual(ofServer(name));
});

describe('the Dockerfile', () => {
  const readArguments = (name: string) => {
    const [, json = ''] = new RegExp(`^${name} (\\[.*\\])$`, 'm').exec(dockerfile) ?? [];
    return JSON.parse(json) as string[];
  };

  test('starts the command, and trusts no proxy by default', async () => {
    expect(readArguments('ENTRYPOINT')).toEqual(['node', '/app/bin/firstofficer-api.js']);
    const command = readArguments('CMD');
    await expect(parseCommand(command)).rejects.toThrow('--trust-proxy');
    await parseCommand([...command, '--trust-proxy', '192.0.2.1']);
  });

  test('runs as a user that owns the data directory', () => {
    expect(dockerfile).toMatch(/^RUN install -d -o node -g node -m 700 \/data$/m);
    expect(dockerfile).toMatch(/^USER node\n(#.*\n)*WORKDIR \/$/m);
  });
});

describe('compose.yaml', () => {
  const { proxy, api, postgres, sync } = compose.services;

  test('the server trusts only the address of the proxy', async () => {
    await parseCommand(api.command);
    expect(api.command[api.command.indexOf('--trust-proxy') + 1]).toBe(proxy.networks.default.ipv4_address);
    expect(api.ports).toBeUndefined();
    expect(postgres.ports).toBeUndefined();
  });

  test('the server uses the database and the health check of the other services', () => {
    const url = new URL(api.environment.DATABASE_URL.replace(/\$\{\w+:\?[^}]*\}/, 'password'));
    expect([url.hostname, url.username, url.pathname]).toEqual(['postgres', 'firstofficer', '/firstofficer']);
    expect(postgres.environment.POSTGRES_USER).toBe('firstofficer');
    expect(api.depends_on.postgres.condition).toBe('service_healthy');
    expect(api.healthcheck.test.at(-1)).toContain('http://127.0.0.1:3000/readyz');
    expect(() => new Function(api.healthcheck.test.at(-1))).not.toThrow();
  });

  test('has no password and no secret', () => {
    for (const { environment = {} } of [api, postgres, sync]) {
      for (const [name, value] of Object.entries(environment)) {
        if (name.startsWith('FIRSTOFFICER_STRIPE_')) expect(value).toBe(`\${${name}:-}`);
        else if (name !== 'POSTGRES_USER') expect(value, name).toMatch(/\$\{\w+:\?Set it to /);
      }
    }
  });

  test('the sync is optional, and uses the database of the server', async () => {
    await parseCommand(sync.command);
    expect(sync.profiles).toEqual(['stripe']);
    expect(sync.environment.DATABASE_URL).toBe(api.environment.DATABASE_URL);
  });
});

test('the environment variables in deployment files and documentation exist', async () => {
  const sources = await readdir(join(FOLDER, 'src'), { recursive: true });
  const texts = await Promise.all(
    sources.filter((file) => file.endsWith('.ts')).map((file) => read(join('src', file))),
  );
  const source = texts.join('\n');
  for (const file of [
    'README.md',
    'Dockerfile',
    'deploy/compose.yaml',
    'deploy/firstofficer-api.service',
    'deploy/firstofficer-sync.service',
    ...guides,
  ]) {
    for (const [name] of (await read(file)).matchAll(/\b(?:DATABASE|FIRSTOFFICER)_[A-Z_]+\b/g)) {
      expect(source.includes(name), `${name} in ${file}`).toBe(true);
    }
  }
});
