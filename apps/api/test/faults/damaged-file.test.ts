import { on } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { type Context, databases } from '../databases.ts';
import { runCommand, startCommand } from '../run-command.ts';
import { createAccountWith, customer, retrieve } from '../running-api.ts';

const PAGE = 4096;
const IDS = Array.from({ length: 300 }, (_, index) => index + 1);

/** Kinds of damage to the file. Each returns the new bytes of a page, or undefined to keep the page. */
const DAMAGES: Readonly<Record<string, (page: number) => Buffer | undefined>> = {
  'every page is overwritten': () => Buffer.alloc(PAGE, 0xaa),
  'every page but the first is overwritten': (page) => (page === 0 ? undefined : Buffer.alloc(PAGE, 0xaa)),
  'every page is zeroed': () => Buffer.alloc(PAGE),
};

test.for(Object.entries(DAMAGES))(
  '%s: the server keeps running and answers 503 until the file is repaired',
  async ([, damage], context) => {
    const { url, key, file, child, log } = await serveFile(context);
    const pages = await readFile(file);
    const damaged = Buffer.concat(
      Array.from(
        { length: pages.length / PAGE },
        (_, page) => damage(page) ?? pages.subarray(page * PAGE, (page + 1) * PAGE),
      ),
    );
    await overwrite(file, damaged);

    for (const answers of [await retrieveAll(url, key), await retrieveAll(url, key)]) {
      expect(answers).toEqual(new Set(['503 The service is temporarily unavailable. Try again.']));
    }
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);

    await overwrite(file, pages);
    expect(await retrieveAll(url, key)).toEqual(new Set(['200']));
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    for await (const [line] of log) {
      if (/"code":"SQLITE_(CORRUPT|NOTADB)","fault":"The database file is damaged\./.test(line)) break;
    }
    expect(child.exitCode).toBeNull();
  },
);

test('the error message of a command names the damaged file and says what to do', async (context) => {
  const location = await (databases[0] ?? expect.fail()).create(context);
  await createAccountWith(location, []);
  const file = join(location.directory, 'customers.db');
  await overwrite(file, Buffer.alloc((await readFile(file)).length, 0xaa));

  expect(await runCommand(location, ['account', 'list'])).toMatchObject({
    code: 3,
    stderr: expect.stringMatching(/customers\.db is damaged\. Stop the server and restore/),
  });
});

/** Serves an SQLite file in a separate process, which has not read any customer yet. */
async function serveFile(context: Context) {
  const location = await (databases[0] ?? expect.fail()).create(context);
  const { key } = await createAccountWith(
    location,
    IDS.map((id) => customer(id)),
  );
  const child = startCommand(location, ['serve', '--port', '0']);
  context.onTestFinished(() => void child.kill('SIGKILL'));
  const log = on(createInterface(child.stdout), 'line', { close: ['close'] });
  const ready = String((await log.next()).value);
  return { url: ready.replace(/.* /, ''), key, file: join(location.directory, 'customers.db'), child, log };
}

/** Requests all customers, many of them concurrently, and returns the set of different answers. */
async function retrieveAll(url: string, key: string): Promise<Set<string>> {
  const answers = new Set<string>();
  for (let start = 0; start < IDS.length; start += 50) {
    await Promise.all(
      IDS.slice(start, start + 50).map(async (id) => {
        const response = await retrieve(url, key, `cus_${id}`);
        const { error } = (await response.json()) as { error?: { message: string } };
        answers.add(error ? `${response.status} ${error.message}` : String(response.status));
      }),
    );
  }
  return answers;
}

async function overwrite(file: string, bytes: Buffer): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.write(bytes, 0, bytes.length, 0);
  await handle.close();
}
