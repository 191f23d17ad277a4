import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createTemporaryDirectory, databases } from '../test/databases.ts';
import { runCommand } from '../test/run-command.ts';
import { customer, retrieve, startSeededApi } from '../test/running-api.ts';

describe.each(databases)('an import into $name', (kind) => {
  async function setUp(context: Parameters<typeof startSeededApi>[0]) {
    const api = await startSeededApi(context, kind);
    const directory = await createTemporaryDirectory(context);
    const importFile = async (name: string, text: string | Buffer, ...flags: string[]) => {
      const file = join(directory, name);
      await writeFile(file, text);
      return runCommand(api.location, ['import', file, '--account', String(api.accountId), ...flags]);
    };
    return { api, importFile };
  }
  const ndjson = (...customers: readonly unknown[]) => customers.map((one) => `${JSON.stringify(one)}\n`).join('');

  test('adds new customers, replaces known ones, and can be repeated', async (context) => {
    const { api, importFile } = await setUp(context);
    const first = await importFile('first.ndjson', ndjson(customer(1), customer(2)));
    expect(first).toMatchObject({ code: 0, stdout: 'Imported 2, rejected 0.\n' });
    const text = ndjson(customer(2, { current_mrr: 5 }), customer(3, { extra_id: 'x' }));
    expect((await importFile('second.ndjson', text)).code).toBe(0);
    expect((await importFile('second.ndjson', text)).stdout).toBe('Imported 2, rejected 0.\n');

    expect(await (await retrieve(api.url, api.key, 'cus_2')).json()).toMatchObject({ id: 2, current_mrr: 5 });
    expect(await (await retrieve(api.url, api.key, 'x')).json()).toMatchObject({ id: 3 });
    expect(await (await retrieve(api.url, api.key, '1@customers.example')).json()).toMatchObject({ id: 1 });
  });

  test('reads CSV and takes an empty field for null', async (context) => {
    const { api, importFile } = await setUp(context);
    const csv =
      'id,stripe_id,extra_id,email,total_contract_value,current_mrr,current_subscription_count,currency\r\n' +
      '7,cus_7,"a ""quoted"", one",,100,0,0,jpy\r\n';
    expect(await importFile('a.csv', csv)).toMatchObject({ code: 0, stdout: 'Imported 1, rejected 0.\n' });
    expect(await (await retrieve(api.url, api.key, 'a "quoted", one')).json()).toMatchObject({
      id: 7,
      currency: 'jpy',
    });
  });

  test('rejects a line that cannot be parsed', async (context) => {
    const { importFile } = await setUp(context);
    const { code, stderr, stdout } = await importFile('a.ndjson', `${JSON.stringify(customer(1))}\n{"id":1`);

    expect({ code, stderr }).toEqual({ code: 1, stderr: 'line 2: is not valid JSON\n' });
    expect(stdout).toContain('Imported 0, rejected 1. Correct the line');
  });
});
