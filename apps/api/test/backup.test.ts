import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createBackup } from '../src/backup/backup.ts';
import { restoreBackup } from '../src/backup/restore.ts';
import { sqlite } from './databases.ts';
import { retrieve, startSeededApi, startTestApi } from './running-api.ts';

test('the backup of a running server can be restored elsewhere, with its keys', async (context) => {
  const { location, key } = await startSeededApi(context, sqlite);
  const backup = join((await sqlite.create(context)).directory, 'backup');
  expect(await createBackup({ ...location, env: {} }, backup)).toEqual({
    files: ['customers.db', 'secret'],
    variables: [],
  });
  const restored = await sqlite.create(context);
  await restoreBackup(backup, { ...restored, env: {} }, false);

  const api = await startTestApi(context, { database: restored });
  expect((await retrieve(api.url, key, 'cus_1234ABCD')).status).toBe(200);
  await expect(restoreBackup(backup, { ...restored, env: {} }, true)).rejects.toThrow('in use');
});
