import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { explainListenError, parseHost, parsePort, resolvePath } from '../src/command.ts';

afterEach(() => vi.unstubAllEnvs());

/** Runs a command with the options `--port` and `--token` and the subcommands `list` and `keys create`. */
function run(...args: string[]): Promise<{ code: number | string; stdout: string; stderr: string }> {
  const program = join(import.meta.dirname, 'program.ts');
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}

test.each([
  [['--port', '65536'], 'It must be a number from 0 to 65535.'],
  [['--tokne=secret'], "error: unknown option '--tokne=…'\n"],
  [["--tokne=se'cret"], "error: unknown option '--tokne=…'\n"],
  [['list', '--tokne=secret'], "error: unknown option '--tokne=…'"],
  [['--tokensecret'], "error: unknown option '--token…'\n"],
  [['--token secret'], "error: unknown option '--token…'\n"],
  [['-tsecret'], "error: unknown option '-t…'\n"],
  [['keys', 'secret'], 'error: unknown command. List the commands with --help.\n'],
  [['keys', '—token=secret'], 'error: unknown command. List the commands with --help.\n'],
  [['keys', 'creat'], "error: unknown command 'creat'\n(Did you mean create?)\n"],
  [['list', 'secret'], "too many arguments for 'list'. Expected 0 arguments but got 1.\n"],
])('%j exits with 2 and a message that contains no secret', async (args, message) => {
  const { code, stderr } = await run(...args);

  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) });
  expect(stderr).not.toContain('cret');
});

test('prints help and exits with 0', async () => {
  expect(await run('--help')).toMatchObject({ code: 0, stdout: expect.stringContaining('--port <number>') });
});

test('parses a port from 0 to 65535', () => {
  expect([parsePort('0'), parsePort('65535')]).toEqual([0, 65_535]);
  for (const value of ['', '-1', '1e3', '80.5', '65536', 'http']) expect(() => parsePort(value)).toThrow();
});

test('accepts every host except an empty one', () => {
  expect(parseHost('::1')).toBe('::1');
  expect(() => parseHost('')).toThrow('It must be an address');
});

test('resolves a path against the folder where pnpm was called', () => {
  vi.stubEnv('INIT_CWD', '/somewhere');
  expect(resolvePath('openapi.yaml')).toBe(resolve('/somewhere/openapi.yaml'));

  vi.stubEnv('INIT_CWD', undefined);
  expect(resolvePath('openapi.yaml')).toBe(resolve('openapi.yaml'));
});

test.each([
  [{ code: 'EADDRINUSE' }, 'port 80 on localhost is already in use.'],
  [{ code: 'EADDRINUSE', port: 9, address: '127.0.0.1' }, 'port 9 on 127.0.0.1 is already in use.'],
  [{ code: 'EACCES' }, 'no permission to listen on port 80.'],
  [{ code: 'EADDRNOTAVAIL' }, 'localhost is not an address of this machine.'],
  [{ code: 'ENOTFOUND' }, 'localhost is not an address of this machine.'],
])('explains %j', (error, message) => {
  expect(explainListenError(error, { port: 80, host: 'localhost' })).toContain(message);
});

test('does not explain other errors', () => {
  expect(explainListenError(new Error('no such file'), { port: 80, host: 'localhost' })).toBeUndefined();
});
