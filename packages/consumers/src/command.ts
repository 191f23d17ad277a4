import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject } from 'vitest';
import { startApi } from './api.ts';
import { type ProgramOptions, startProgram } from './runtime.ts';

const PACKAGE = 'node_modules/@firstofficer/client';

/** A runtime that runs the command. */
type CommandRun = Pick<ProgramOptions, 'path' | 'signal'> & {
  /** The command line options of the runtime. */
  readonly options?: readonly string[];
};

/** Checks that the installed command retrieves customers and reports errors in a runtime. */
export async function expectCommandWorks({ path, options = [], signal }: CommandRun): Promise<void> {
  const cwd = inject('consumer');
  const { bin }: { bin: { firstofficer: string } } = JSON.parse(
    await readFile(join(cwd, PACKAGE, 'package.json'), 'utf8'),
  );
  await writeFile(join(cwd, 'identifiers.txt'), 'cus_1\nstatus-404\n');
  await using api = await startApi();
  const start = (...args: string[]) =>
    startProgram({
      path,
      args: [...options, join(PACKAGE, bin.firstofficer), 'customers', 'retrieve', ...args],
      cwd,
      env: { FIRSTOFFICER_TOKEN: 'sesame-open', FIRSTOFFICER_URL: api.url },
      signal,
    });

  await using single = start('cus_1');
  expect(await single.readLine()).toBe('{');
  expect(await single.readStderr()).toBe('');

  await using many = start('--file', 'identifiers.txt');
  expect(JSON.parse(await many.readLine())).toMatchObject({ identifier: 'cus_1', customer: { extra_id: 'cus_1' } });
  expect(JSON.parse(await many.readLine())).toMatchObject({ identifier: 'status-404', error: { code: 'not_found' } });
  expect(await many.readStderr()).toBe('');

  await using failed = start('status-404');
  expect(await failed.readStderr()).toBe('firstofficer: No such customer.\n');

  await using mistyped = start('--tokne=sesame-open');
  expect(await mistyped.readStderr()).toBe("error: unknown option '--tokne=…'\n");
}
