import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { runCommand } from '../test/cli/run.ts';
import { startServer } from '../test/support.ts';

// The command for a description with deprecated operations and parameters.
const program = fileURLToPath(new URL('../test/cli/invoices.ts', import.meta.url));

const PAGE_SIZE =
  'the query parameter page_size is deprecated since 2026-10-01, removed on 2027-10-01. Use limit instead.';

test('--help marks deprecated operations and options, with what replaces them', async () => {
  const help = async (...args: string[]) => {
    const { stdout } = await runCommand([...args, '--help'], { url: 'http://localhost:9', program });
    return stdout.replaceAll(/\s+/g, ' ');
  };
  const [group, operation, options] = await Promise.all([
    help('invoices'),
    help('invoices', 'retrieve-bill'),
    help('invoices', 'list'),
  ]);

  expect(group).toContain('Retrieve a bill (deprecated)');
  expect(group).not.toContain('Retrieve an invoice (deprecated)');
  expect(operation).toContain(
    'Deprecated since 2026-11-01, removed on 2027-11-01. Use invoices retrieve instead. Returns an invoice',
  );
  expect(options).toContain('--page-size <value> Deprecated since 2026-10-01, removed on 2027-10-01. Use --limit');
  expect(options).toContain('--x-language <value> Deprecated since 2026-09-01');
  expect(options.slice(options.indexOf('Examples:'))).not.toContain('--page-size');
});

test('a deprecated option gives one warning on the standard error, and changes neither the output nor the exit code', async () => {
  const url = await startServer((_, response) => response.end('{"data":[]}'));
  const list = (...args: string[]) => runCommand(['invoices', 'list', ...args], { url, program });
  const [current, deprecated] = await Promise.all([list('--limit', '2'), list('--page-size', '2')]);

  expect(current).toEqual({ code: 0, stdout: expect.stringContaining('"data"'), stderr: '' });
  expect(deprecated).toEqual({ ...current, stderr: `firstofficer: GET /v1/invoices: ${PAGE_SIZE}\n` });
});

test('a command that is older than the deprecation warns once for all identifiers of a file', async () => {
  const url = await startServer((_, response) =>
    response.setHeader('Deprecation', '@1793491200').end('{"object":"customer"}'),
  );
  const { code, stderr } = await runCommand(['customers', 'retrieve', '--file', '-'], { url, input: 'a\nb\nc\n' });

  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: expect.stringMatching(/^firstofficer: GET \/v2\/customers\/\{customer\}: deprecated since .*\n$/),
  });
});
