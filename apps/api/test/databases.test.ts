import { expect, test } from 'vitest';
import { postgresOn } from './databases.ts';

test('without a PostgreSQL server, tests that need one are skipped, with the reason', async ({ onTestFinished }) => {
  const skip = (reason?: string): never => {
    throw new Error(`skipped: ${reason}`);
  };
  const context = { onTestFinished, skip: skip as never };
  await expect(postgresOn({ unavailable: 'no binaries' }).create(context)).rejects.toThrow('skipped: no binaries');
});
